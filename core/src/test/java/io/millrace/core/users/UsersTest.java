package io.millrace.core.users;

import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.core.cache.MemoryAlone;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class UsersTest {

    @SuppressWarnings("NullAway.Init")
    private static Users users;

    @SuppressWarnings("NullAway.Init")
    private static TransactionTemplate transaction;

    @BeforeAll
    static void migrate() {
        var dataSource = TestPostgres.dataSource(TestPostgres.newDatabase());
        Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
        users = new Users(JdbcClient.create(dataSource), MemoryAlone.invalidation());
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Test
    void findsWhatItInserted() {
        User user = users.insert("Ada@Example.com", "Zoë Ångström");

        assertThat(user.version()).isEqualTo(1);
        assertThat(user.email()).isEqualTo("Ada@Example.com");
        assertThat(users.find(user.id())).contains(user);
    }

    @Test
    void givesLaterUsersLaterIds() {
        UUID earlier = users.insert("earlier@example.com", "Ada").id();
        UUID later = users.insert("later@example.com", "Eve").id();

        assertThat(later.toString()).isGreaterThan(earlier.toString());
    }

    @Test
    void leavesTheTransactionUsableAfterItRefusedAnAddress() {
        users.insert("one@example.com", "Ada");

        transaction.executeWithoutResult(_ -> {
            assertThatThrownBy(() -> users.insert("ONE@example.com", "Eve")).isInstanceOf(EmailTaken.class)
                    .hasMessageNotContainingAny("one@", "ONE@");
            users.insert("two@example.com", "Eve");
        });

        assertThatThrownBy(() -> users.insert("two@example.com", "Eve")).isInstanceOf(EmailTaken.class);
    }

    @Test
    void changesOnlyWhatIsGiven() {
        UUID id = users.insert("change@example.com", "Ada").id();

        assertThat(users.update(id, rename("Ada Lovelace"))).map(User::email).contains("change@example.com");
        assertThat(users.update(id, move("changed@example.com"))).map(User::fullName).contains("Ada Lovelace");
        assertThat(users.find(id)).map(User::version).contains(3);
    }

    @Test
    void refusesToChangeToATakenAddress() {
        users.insert("first@example.com", "Ada");
        UUID id = users.insert("second@example.com", "Eve").id();

        assertThatThrownBy(() -> users.update(id, move("FIRST@example.com"))).isInstanceOf(EmailTaken.class);
    }

    @Test
    void saysWhetherThereWasAUserToChangeOrDelete() {
        UUID id = users.insert("delete@example.com", "Ada").id();

        assertThat(users.delete(id)).isTrue();
        assertThat(users.delete(id)).isFalse();
        assertThat(users.update(id, rename("Ada"))).isEmpty();
        assertThat(users.find(id)).isEmpty();
    }

    private static UserUpdate rename(String fullName) {
        return new UserUpdate(null, fullName, Change.none(), Change.none(), null, null, null);
    }

    private static UserUpdate move(String email) {
        return new UserUpdate(email, null, Change.none(), Change.none(), null, null, null);
    }
}

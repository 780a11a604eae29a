package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import jakarta.persistence.EntityManager;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.Customer;
import io.millrace.jobs.sample.PayBill;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.jobs.testing.EnqueuedJobs;
import io.millrace.jobs.testing.JobTestingAutoConfiguration;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A service on JPA, as Spring Boot sets it up: what is enqueued in its transactions shares the fate of its entities. */
@DirtiesContext
@ImportAutoConfiguration(JobTestingAutoConfiguration.class)
@SpringBootTest(classes = ShopApplication.class, properties = {"millrace.jobs.worker.enabled=true",
        "spring.autoconfigure.exclude=", "spring.jpa.hibernate.ddl-auto=update"})
class JpaTransactionTest {

    @Autowired
    PlatformTransactionManager manager;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    EntityManager entities;
    @Autowired
    JobQueue queue;
    @Autowired
    JobResults results;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    Clock clock;
    @Autowired
    EnqueuedJobs enqueued;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
    }

    @BeforeEach
    void isOnJpa() {
        assertThat(manager).isInstanceOf(JpaTransactionManager.class);
    }

    @Test
    void commitsTheJobWithTheEntityAndRunsIt() {
        var id = Objects.requireNonNull(transactions.execute(status -> {
            entities.persist(new Customer(1));
            var enqueued = queue.enqueue(ship(1));
            assertThat(elsewhere(1)).isFalse();
            return enqueued;
        }));

        Awaitility.await().until(() -> queue.find(id).orElseThrow().state() == State.SUCCEEDED);
        assertThat(elsewhere(1)).isTrue();
    }

    @Test
    void showsATestWhatItHasEnqueued() {
        transactions.executeWithoutResult(status -> {
            entities.persist(new Customer(10));
            queue.enqueue(ship(10), later());
            status.setRollbackOnly();

            assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(ship(10));
        });

        assertThatThrownBy(enqueued::all).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no transaction");
    }

    @Test
    void losesTheJobWithTheEntity() {
        var id = UUID.randomUUID();
        var many = transactions.execute(status -> {
            entities.persist(new Customer(2));
            queue.enqueue(ship(2), EnqueueOptions.DEFAULTS.withId(id));
            var bulk = queue.enqueueAll(Stream.of(ship(2), ship(2)));
            status.setRollbackOnly();
            return bulk;
        });

        assertThat(queue.find(id)).isEmpty();
        assertThat(many).hasSize(2).allSatisfy(one -> assertThat(queue.find(one)).isEmpty());
        assertThat(elsewhere(2)).isFalse();
    }

    @Test
    void losesTheJobWhenTheEntityIsRefusedOnlyAtTheCommit() {
        transactions.executeWithoutResult(status -> entities.persist(new Customer(3)));
        var id = UUID.randomUUID();

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
            entities.persist(new Customer(3));
            queue.enqueue(ship(3), EnqueueOptions.DEFAULTS.withId(id));
        })).isInstanceOf(DataIntegrityViolationException.class);

        assertThat(queue.find(id)).isEmpty();
    }

    @Test
    void keepsTheEntityAndGoesOnWhenTheIdIsThereAlready() {
        var id = queue.enqueue(ship(4), later());

        transactions.executeWithoutResult(status -> {
            entities.persist(new Customer(4));
            entities.flush();
            assertThat(queue.enqueue(ship(4), later().withId(id))).isEqualTo(id);
            entities.persist(new Customer(5));
        });

        assertThat(elsewhere(4)).isTrue();
        assertThat(elsewhere(5)).isTrue();
    }

    @Test
    void keepsTheEntityAndGoesOnWhenTheUniqueKeyIsTaken() {
        var unique = later()
                .withUniqueKey(UniqueKey.whileWaiting("taken").withPolicy(UniqueKey.Policy.REJECT));
        var first = queue.enqueue(ship(6), unique);

        transactions.executeWithoutResult(status -> {
            entities.persist(new Customer(6));
            entities.flush();
            assertThatThrownBy(() -> queue.enqueue(ship(6), unique)).isInstanceOf(DuplicateJob.class);
            assertThat(queue.cancel(first)).isTrue();
            entities.persist(new Customer(7));
        });

        assertThat(elsewhere(6)).isTrue();
        assertThat(elsewhere(7)).isTrue();
        assertThat(queue.find(first).orElseThrow().state()).isEqualTo(State.DELETED);
    }

    @Test
    void keepsWhatATransactionOfItsOwnHasCommitted() {
        var requiresNew = new TransactionTemplate(manager);
        requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var lost = UUID.randomUUID();

        var kept = Objects.requireNonNull(transactions.execute(status -> {
            queue.enqueue(ship(8), EnqueueOptions.DEFAULTS.withId(lost));
            status.setRollbackOnly();
            return requiresNew.execute(inner -> queue.enqueue(ship(8)));
        }));

        assertThat(queue.find(kept)).isPresent();
        assertThat(queue.find(lost)).isEmpty();
    }

    @Test
    void commitsWhatATransactionalHandlerWritesWithItsJob() {
        var id = queue.enqueue(new PayBill(10, PayBill.BY_ENTITY, ""));

        Awaitility.await().until(() -> queue.find(id).orElseThrow().state() == State.SUCCEEDED);
        assertThat(elsewhere(10)).isTrue();
        assertThat(results.find(id)).isPresent();
    }

    @Test
    void losesAllOfATransactionalHandlerWhoseEntityIsRefusedOnlyAtTheCommit() {
        transactions.executeWithoutResult(status -> entities.persist(new Customer(11)));

        var id = queue.enqueue(new PayBill(11, PayBill.BY_ENTITY, ""));

        Awaitility.await().until(() -> queue.find(id).orElseThrow().state() == State.FAILED);
        assertThat(queue.find(id).orElseThrow().attempt()).isEqualTo(2);
        assertThat(results.find(id)).isEmpty();
        assertThat(jdbc.sql("select count(*) from payments where number = 11").query(Long.class).single()).isZero();
    }

    @Test
    void refusesToEnqueueInAReadOnlyTransaction() {
        var readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);

        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> queue.enqueue(ship(9))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("read-only transaction; make it");
    }

    /** In a transaction of its own: what others see. */
    private boolean elsewhere(int customer) {
        var other = new TransactionTemplate(manager);
        other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return Boolean.TRUE.equals(other.execute(status -> entities.find(Customer.class, customer) != null));
    }

    private EnqueueOptions later() {
        return EnqueueOptions.DEFAULTS.withRunAt(clock.instant().plus(Duration.ofDays(1)));
    }

    private static ShipOrder ship(int order) {
        return new ShipOrder(order, "somewhere");
    }
}

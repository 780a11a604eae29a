package io.millrace.jobs;

import java.time.Duration;
import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorActionsTest {

    private JdbcClient jdbc;
    private OperatorActions actions;

    @BeforeEach
    void makeTables() {
        DataSource database = TestPostgres.dataSource(TestPostgres.newDatabase());
        jdbc = JdbcClient.create(database);
        actions = new OperatorActions(database, new JobsSchema(database, "millrace_jobs"));
    }

    @Test
    void keepsWhatIsBegunWithoutAnOutcomeUntilItHasOne() {
        var begun = actions.begin("grace", "operator", "pause-queue", "mail", "10.1.2.3");

        assertThat(actions.newest(null, 10)).containsExactly(begun);
        assertThat(begun.outcome()).isNull();

        actions.end(begun.id(), "done");

        assertThat(actions.newest(null, 10)).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo("done");
            assertThat(row.who()).isEqualTo("grace");
            assertThat(row.target()).isEqualTo("mail");
        });
    }

    @Test
    void goesBackPageByPageThoughMoreComeInBetween() {
        for (int i = 1; i <= 5; i++) {
            actions.begin("grace", "operator", "action-" + i, "", "10.1.2.3");
        }
        var first = actions.newest(null, 2);
        actions.begin("grace", "operator", "action-6", "", "10.1.2.3");
        var second = actions.newest(first.getLast().id(), 2);

        assertThat(first).extracting(OperatorAction::action).containsExactly("action-5", "action-4");
        assertThat(second).extracting(OperatorAction::action).containsExactly("action-3", "action-2");
    }

    @Test
    void keepsTextsShortAndOnOneLine() {
        var begun = actions.begin("grace", "operator", "delete-job", "a\r\nb\u0000" + "c".repeat(5_000), "10.1.2.3");

        assertThat(begun.target()).startsWith("a  b c").hasSize(300);
    }

    @Test
    void deletesTheOldOnesAFewAtATime() {
        for (int i = 1; i <= 5; i++) {
            actions.begin("grace", "operator", "action-" + i, "", "10.1.2.3");
        }
        jdbc.sql(
                "update millrace_jobs.operator_actions set at = now() - interval '401 days' where action <> 'action-5'")
                .update();

        assertThat(actions.deleteSomeOlderThan(Duration.ofDays(400), 3)).isEqualTo(3);
        assertThat(actions.deleteSomeOlderThan(Duration.ofDays(400), 3)).isEqualTo(1);
        assertThat(actions.deleteSomeOlderThan(Duration.ofDays(400), 3)).isZero();
        assertThat(actions.newest(null, 10)).extracting(OperatorAction::action).containsExactly("action-5");
    }
}

package io.millrace.dashboard.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.dashboard.SendLetter;
import io.millrace.dashboard.Visitor;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.OperatorAction;
import io.millrace.jobs.OperatorActions;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

class AuditTest {

    private static final String SECRET = "ada@example.org";
    private static final String TABLE = "millrace_jobs.operator_actions";

    private static DashboardProcess process;

    private Visitor operator;

    @BeforeAll
    static void start() {
        process = DashboardProcess.start("--millrace.dashboard.trusted-proxies=127.0.0.1");
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @BeforeEach
    void signIn() throws Exception {
        operator = process.visitor("10.40.0.1");
        process.jdbc().sql("truncate " + TABLE).update();
        operator.signIn("operator", PASSWORD);
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    @Test
    void tellsWhoChangedWhatFromWhereAndWhatCameOfIt() throws Exception {
        var job = enqueueForLater();

        assertThat(operator.change("DELETE", "/api/jobs/" + job).statusCode()).isEqualTo(204);

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.who()).isEqualTo("operator");
            assertThat(row.role()).isEqualTo("operator");
            assertThat(row.action()).isEqualTo("delete-job");
            assertThat(row.target()).isEqualTo(job.toString());
            assertThat(row.cameFrom()).isEqualTo("10.40.0.1");
            assertThat(row.outcome()).isEqualTo("done");
        });
        assertThat(stateOf(job)).isEqualTo("DELETED");
        assertThat(process.jdbc().sql("select string_agg(a::text, ' ') from " + TABLE + " a").query(String.class)
                .single()).doesNotContain(SECRET);
    }

    @Test
    void tellsThatAChangeFailed() throws Exception {
        operator.change("POST", "/api/recurring-jobs/none/trigger");

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("trigger-recurring-job");
            assertThat(row.target()).isEqualTo("none");
            assertThat(row.outcome()).isEqualTo("failed (404)");
        });
    }

    @Test
    void saysNothingOfReads() throws Exception {
        operator.get("/audit");
        operator.get("/api/version");

        assertThat(rows()).isEmpty();
    }

    @Test
    void refusesAChangeThatCannotBeWrittenDown() throws Exception {
        var job = enqueueForLater();
        process.jdbc().sql("alter table " + TABLE + " rename to elsewhere").update();
        try {
            var answer = operator.change("DELETE", "/api/jobs/" + job);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).startsWith("Nothing was changed");
            assertThat(stateOf(job)).isEqualTo("SCHEDULED");
        } finally {
            process.jdbc().sql("alter table millrace_jobs.elsewhere rename to operator_actions").update();
        }
    }

    @Test
    void isReadPageByPage() throws Exception {
        var actions = process.bean(OperatorActions.class);
        for (int i = 1; i <= 60; i++) {
            actions.end(actions.begin("grace", "operator", "action-" + i, "<b>mail</b>", "10.1.2.3").id(), "done");
        }

        String first = operator.get("/audit").body();
        String older = first.replaceAll("(?s).*href=\"(/audit\\?before=\\d+)\".*", "$1");
        String second = operator.get(older).body();

        assertThat(first).contains("action-60<", "action-11<", "&lt;b&gt;mail").doesNotContain("action-10<", "<b>");
        assertThat(second).contains("action-10<", "action-1<").doesNotContain("action-11<", "before=");
    }

    @Test
    void forgetsWhatIsOldEnough() {
        var actions = process.bean(OperatorActions.class);
        for (int i = 0; i < 1_200; i++) {
            actions.begin("grace", "operator", "pause-queue", "mail", "10.1.2.3");
        }
        process.jdbc().sql("update " + TABLE + " set at = now() - interval '401 days'").update();
        actions.begin("grace", "operator", "pause-queue", "kept", "10.1.2.3");

        assertThat(process.bean(AuditSweep.class).sweep()).isEqualTo(1_200);

        assertThat(rows()).singleElement().extracting(OperatorAction::target).isEqualTo("kept");
    }

    private static List<OperatorAction> rows() {
        return process.bean(OperatorActions.class).newest(null, 100);
    }

    private static UUID enqueueForLater() {
        var later = process.bean(Clock.class).instant().plus(Duration.ofDays(1_000));
        return process.bean(JobQueue.class).enqueue(new SendLetter(SECRET), EnqueueOptions.DEFAULTS.withRunAt(later));
    }

    private static String stateOf(UUID job) {
        return process.jdbc().sql("select state from millrace_jobs.jobrunr_jobs where id = ?").param(job.toString())
                .query(String.class).single();
    }
}

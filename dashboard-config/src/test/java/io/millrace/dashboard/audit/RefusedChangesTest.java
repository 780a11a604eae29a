package io.millrace.dashboard.audit;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.dashboard.Visitor;
import io.millrace.jobs.OperatorAction;
import io.millrace.jobs.OperatorActions;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Who tried what they may not do is in the audit log. */
class RefusedChangesTest {

    private static final String TABLE = "millrace_jobs.operator_actions";

    private static DashboardProcess process;

    private Visitor visitor;

    @BeforeAll
    static void start() {
        process = DashboardProcess.start("--millrace.dashboard.trusted-proxies=127.0.0.1",
                "--millrace.dashboard.allow-plain-passwords=true", "--millrace.dashboard.users[0].name=vera",
                "--millrace.dashboard.users[0].password=" + PASSWORD, "--millrace.dashboard.users[1].name=victor",
                "--millrace.dashboard.users[1].password=" + PASSWORD);
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @BeforeEach
    void come() {
        visitor = process.visitor("10.41.0.1");
        process.jdbc().sql("truncate " + TABLE).update();
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void tellWhoTriedWhatWithoutTheRole() throws Exception {
        visitor.signIn("vera", PASSWORD);

        var answer = visitor.post("/queues/mail/pause", visitor.get("/queues").body(), Map.of("secret", "x"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.who()).isEqualTo("vera");
            assertThat(row.role()).isEqualTo("viewer");
            assertThat(row.action()).isEqualTo("POST /queues/mail/pause");
            assertThat(row.cameFrom()).isEqualTo("10.41.0.1");
            assertThat(row.outcome()).isEqualTo("refused: no operator");
        });
    }

    @Test
    void tellOfBasicAuthenticationToo() throws Exception {
        visitor.send(visitor.fromOwnPage(visitor.request("/api/recurring-jobs/none"))
                .header("Authorization", Visitor.basic("vera", PASSWORD)).DELETE());

        assertThat(rows()).extracting(OperatorAction::who, OperatorAction::action, OperatorAction::outcome)
                .containsExactly(tuple("vera", "DELETE /api/recurring-jobs/none",
                        "refused: no operator"));
    }

    @Test
    void tellOfOtherSitesAndOfPagesThatAreOutOfDate() throws Exception {
        visitor.signIn("operator", PASSWORD);

        visitor.send(visitor.request("/api/recurring-jobs/none").header("Origin", "https://evil.example").DELETE());
        visitor.post("/queues/mail/pause", "a page without a token", Map.of());

        assertThat(rows()).extracting(OperatorAction::who).containsOnly("operator");
        assertThat(rows()).extracting(OperatorAction::outcome).containsExactly("refused: without the token of a page",
                "refused: not from one of the dashboard's own pages");
    }

    @Test
    void tellNothingOfStrangersAndOfWhatIsOnlyRead() throws Exception {
        visitor.change("DELETE", "/api/recurring-jobs/none");
        visitor.post("/queues/mail/pause", "a page without a token", Map.of());
        visitor.send(visitor.request("/api/recurring-jobs/none").header("Origin", "https://evil.example").DELETE());
        visitor.send(visitor.request("/api/recurring-jobs/none").header("Origin", "https://evil.example")
                .header("Authorization", Visitor.basic("operator", "wrong-" + PASSWORD)).DELETE());
        visitor.get("/audit");

        assertThat(rows()).isEmpty();
    }

    @Test
    void areWrittenDownSoManyTimesAnHour() throws Exception {
        visitor.signIn("victor", PASSWORD);

        for (int i = 0; i < 30; i++) {
            assertThat(visitor.change("DELETE", "/api/recurring-jobs/" + i).statusCode()).isEqualTo(403);
        }

        assertThat(rows()).hasSize(RefusalsPerHour.MOST);
        assertThat(rows().getFirst().outcome())
                .isEqualTo("refused: no operator; what follows within the hour is in the log alone");
    }

    @Test
    void areRefusedAlsoWhereTheyCannotBeWrittenDown() throws Exception {
        visitor.signIn("vera", PASSWORD);
        process.jdbc().sql("alter table " + TABLE + " rename to elsewhere").update();
        try {
            assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").statusCode()).isEqualTo(403);
        } finally {
            process.jdbc().sql("alter table millrace_jobs.elsewhere rename to operator_actions").update();
        }
    }

    private static List<OperatorAction> rows() {
        return process.bean(OperatorActions.class).newest(null, 100);
    }
}

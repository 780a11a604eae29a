package io.millrace.worker.users;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.core.users.ImportUsers;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.testing.PerformJob;

import static io.millrace.worker.users.ImportsUnderTest.FILES;
import static io.millrace.worker.users.ImportsUnderTest.HANDLER;
import static io.millrace.worker.users.ImportsUnderTest.JDBC;
import static io.millrace.worker.users.ImportsUnderTest.WORKER;
import static io.millrace.worker.users.ImportsUnderTest.forgetEverything;
import static io.millrace.worker.users.ImportsUnderTest.jobs;
import static io.millrace.worker.users.ImportsUnderTest.rejects;
import static io.millrace.worker.users.ImportsUnderTest.stateOf;
import static io.millrace.worker.users.ImportsUnderTest.stored;
import static io.millrace.worker.users.ImportsUnderTest.users;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ResumedImportTest {

    @BeforeEach
    void startFromNobody() {
        forgetEverything();
    }

    @Test
    void goesOnAfterTheLastChunkThatWasKept() throws Exception {
        var file = stored("users.csv", IntStream.range(0, 25_000)
                .mapToObj(i -> i % 100 == 99 ? "bad" + i + ",Bad" : "user" + i + "@example.org,User " + i)
                .collect(Collectors.joining("\n", "email,fullName\n", "\n")));
        UUID job = UUID.randomUUID();
        JDBC.sql("alter table users add constraint stop check (email <> 'user15000@example.org')").update();

        assertThatThrownBy(() -> PerformJob.with(HANDLER).as(job, 1).run(new ImportUsers(file.id(), true)))
                .hasMessageContaining("stop");

        assertThat(users()).hasSize(9_900);
        assertThat(jobs()).hasSize(9_900);
        assertThat(stateOf(job)).isEqualTo("10001 9900 0 100 false");
        JDBC.sql("alter table users drop constraint stop").update();
        var second = PerformJob.with(HANDLER).as(job, 2);
        var result = second.run(new ImportUsers(file.id(), true));
        assertThat(result.imported()).isEqualTo(24_750);
        assertThat(result.alreadyThere()).isZero();
        assertThat(result.rejected()).isEqualTo(250);
        assertThat(jobs()).hasSize(24_750).doesNotHaveDuplicates();
        assertThat(rejects(result).lines()).hasSize(251);
        assertThat(second.log().getFirst()).isEqualTo("Goes on after row 10001.");
    }

    @Test
    void needsItsFileNoMoreOnceEveryRowIsDoneWith() throws Exception {
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\nbad,Bad\n");
        UUID job = UUID.randomUUID();
        JDBC.sql("alter table files add constraint stop check (name not like 'rejects-%') not valid").update();
        try {
            assertThatThrownBy(() -> PerformJob.with(HANDLER).as(job, 1).run(new ImportUsers(file.id(), true)))
                    .hasMessageContaining("stop");
        } finally {
            JDBC.sql("alter table files drop constraint stop").update();
        }
        assertThat(stateOf(job)).isEqualTo("3 1 0 1 false");

        FILES.delete(file.id());
        var result = PerformJob.with(HANDLER).as(job, 2).run(new ImportUsers(file.id(), true));

        assertThat(result.imported()).isEqualTo(1);
        assertThat(rejects(result).lines()).hasSize(2);
        assertThat(stateOf(job)).isEqualTo("3 1 0 1 true");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void failsWithoutItsFileWhileRowsAreLeft() throws Exception {
        var file = stored("users.csv", IntStream.range(0, 15_000).mapToObj(i -> "user" + i + "@example.org,User")
                .collect(Collectors.joining("\n", "email,fullName\n", "\n")));
        UUID job = UUID.randomUUID();
        JDBC.sql("alter table users add constraint stop check (email <> 'user12000@example.org')").update();
        try {
            assertThatThrownBy(() -> PerformJob.with(HANDLER).as(job, 1).run(new ImportUsers(file.id(), null)))
                    .hasMessageContaining("stop");
        } finally {
            JDBC.sql("alter table users drop constraint stop").update();
        }

        FILES.delete(file.id());

        assertThatThrownBy(() -> PerformJob.with(HANDLER).as(job, 2).run(new ImportUsers(file.id(), null)))
                .isInstanceOf(PermanentFailure.class).hasMessage("there is no file " + file.id());
        assertThat(users()).as("what came in stays").hasSize(10_000);
    }

    @Test
    void answersTheSameAgainOnceItHasEnded() throws Exception {
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\nbad,Bad\n");
        UUID job = UUID.randomUUID();
        var result = PerformJob.with(HANDLER).as(job, 1).run(new ImportUsers(file.id(), null));
        FILES.delete(file.id());

        assertThat(PerformJob.with(HANDLER).as(job, 2).run(new ImportUsers(file.id(), null))).isEqualTo(result);
        assertThat(JDBC.sql("select count(*) from files where name = :name")
                .param("name", "rejects-" + job + ".csv").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void keepsNothingOfARunThatAnotherHasOvertaken() {
        UUID job = UUID.randomUUID();
        WORKER.bean(Imports.class).begin(job, UUID.randomUUID());
        var save = WORKER.bean(SaveChunk.class);
        save.save(job, chunk(0, "ada@example.org"), true);

        assertThatThrownBy(() -> save.save(job, chunk(0, "late@example.org"), true))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("another run");
        assertThat(users()).containsExactly("ada@example.org Name 1");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void stopsAtAChunkWhenItIsTold() throws Exception {
        var file = stored("users.csv", "email,fullName\nada@example.org,Ada\n");
        var attempt = PerformJob.with(HANDLER);
        attempt.cancel();

        assertThatThrownBy(() -> attempt.run(new ImportUsers(file.id(), null))).isInstanceOf(Exception.class);
        assertThat(users()).isEmpty();
    }

    private static Chunk chunk(long after, String email) {
        return new Chunk(after, after + 1, new CopyRows(2).row().value(email).value("Name").end(),
                new CopyRows(4).end(), 0, false);
    }
}

package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.EnqueuedState;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.sample.FillLedger;
import io.millrace.jobs.sample.FillLedgerHandler;
import io.millrace.jobs.sample.ShopApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** A service without a worker that has a ledger filled, and what the workers of other processes wrote into it. */
final class Ledger implements AutoCloseable {

    private final ConfigurableApplicationContext service;

    Ledger(String database) {
        this.service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database).run();
        jdbc().sql(
                """
                create table ledger (number int not null, what text not null, attempt int not null, process bigint not null,
                                     at timestamptz not null default clock_timestamp())
                """)
                .update();
    }

    UUID enqueue(int number, Duration time, String manner) {
        return queue().enqueue(new FillLedger(number, time.toMillis(), manner));
    }

    List<UUID> enqueueAll(Stream<FillLedger> jobs) {
        return queue().enqueueAll(jobs);
    }

    /** A job of JobRunr's own, which no handler of the engine's runs. */
    UUID enqueueRest(Duration time) {
        var rest = new JobDetails(FillLedgerHandler.class.getName(), null, "rest",
                List.of(new JobParameter(long.class, time.toMillis())));
        return service.getBean(JobStore.class).save(new Job(rest, new EnqueuedState())).getId();
    }

    JobQueue queue() {
        return service.getBean(JobQueue.class);
    }

    JdbcClient jdbc() {
        return service.getBean(JdbcClient.class);
    }

    /** The states that a job has been in, as its row says. */
    String history(UUID id) {
        return String.valueOf(service.getBean(JobStore.class).getJobById(id).getJobStates().stream()
                .map(state -> state.getName().name()).toList());
    }

    /** By the clock that writes the ledger. */
    Instant now() {
        return Bells.databaseTime(jdbc());
    }

    List<Line> lines(int number) {
        return jdbc().sql("select number, what, attempt, process, at from ledger where number = ? order by at")
                .param(number).query(Line.class).list().stream().map(Objects::requireNonNull).toList();
    }

    int count(String what) {
        return jdbc().sql("select count(*) from ledger where what = ?").param(what).query(Integer.class).single();
    }

    int begunAfter(Instant time) {
        return jdbc().sql("select count(*) from ledger where what = 'began' and at > ?")
                .param(time.atOffset(ZoneOffset.UTC)).query(Integer.class).single();
    }

    Line await(int number, String what, long process, Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(50)).untilAsserted(
                () -> assertThat(lines(number)).anyMatch(line -> line.is(what, process), what + " in " + process));
        return lines(number).stream().filter(line -> line.is(what, process)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        service.close();
    }

    record Line(int number, String what, int attempt, long process, Instant at) {

        boolean is(String its, long in) {
            return what.equals(its) && process == in;
        }
    }
}

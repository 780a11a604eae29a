package io.millrace.api.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.Wire;
import io.millrace.api.jobs.EventStream.Event;
import io.millrace.apitest.Talk;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobNews;
import io.millrace.jobs.JobPosition;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobWatch;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class JobEventsTest {

    private static final int STREAMS = 300;

    @SuppressWarnings("NullAway.Init")
    private static String database;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        database = TestPostgres.newDatabase();
        api = ApiUnderTest.startOn(database, "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.concurrency=4",
                "millrace.jobs.packages=io.millrace.core,io.millrace.apitest",
                "spring.main.sources=io.millrace.apitest", "millrace.jobs.worker.stop-timeout=PT0S",
                "millrace.api.follow.streams=" + STREAMS, "millrace.api.follow.heartbeat=PT0.3S");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void tellStatesProgressAndLinesAsTheyComeAndEndWithTheJob() {
        var job = enqueue(3);
        try (var stream = EventStream.open(api, job, null)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
            assertThat(stream.header("Content-Encoding")).isEmpty();
            var all = new ArrayList<>(stream.until("progress"));
            api.bean(Talk.Handler.class).release(1);
            all.addAll(stream.rest());

            assertThat(all.getFirst().name()).isEqualTo("state");
            assertThat(all.getFirst().data().path("id").asString()).isEqualTo(job.toString());
            assertThat(lines(all)).containsExactly("line 1", "line 2", "line 3", "the last line");
            assertThat(all.stream().filter(event -> event.name().equals("progress")).toList().getLast().data())
                    .hasToString("{\"done\":3,\"total\":3}");
            assertThat(all.stream().filter(event -> event.name().equals("log")).toList().getFirst().data()
                    .propertyNames()).containsExactly("run", "line", "at", "text");
            assertThat(all.getLast().name()).isEqualTo("state");
            assertThat(all.getLast().data().path("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(all).extracting(Event::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void goOnBehindAnyEventOnAnotherNodeAndSayThatNothingIsToCome() {
        var job = enqueue(2);
        api.bean(Talk.Handler.class).release(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> api.get("/jobs/" + job).body().contains("SUCCEEDED"));
        List<Event> all;
        try (var stream = EventStream.open(api, job, null)) {
            all = stream.rest();
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(5);
        try (var other = ApiUnderTest.startOn(database)) {
            for (int i = 0; i < all.size() - 1; i++) {
                try (var stream = EventStream.open(other, job, all.get(i).id())) {
                    assertThat(stream.rest()).as("behind %s", all.get(i)).isEqualTo(all.subList(i + 1, all.size()));
                }
            }
            try (var stream = EventStream.open(other, job, all.getLast().id())) {
                assertThat(stream.status()).isEqualTo(204);
            }
            try (var stream = EventStream.open(other, job, "of somebody else")) {
                assertThat(stream.rest()).isEqualTo(all);
            }
        }
    }

    @Test
    void breakOffWhenTheProcessStopsAndGoOnElsewhere() throws Exception {
        var job = enqueue(1);
        var other = ApiUnderTest.startOn(database);
        List<Event> before;
        try (var stream = EventStream.open(other, job, null)) {
            before = stream.until("progress");
            long begun = System.nanoTime();
            other.close();
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(15));
            assertThat(stream.rest()).isEmpty();
        }
        try (var stream = EventStream.open(api, job, before.getLast().id())) {
            api.bean(Talk.Handler.class).release(1);
            var after = stream.rest();
            assertThat(lines(after)).containsExactly("the last line");
            assertThat(after.getLast().data().path("state").asString()).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void outliveAnOutageOfTheDatabase() throws Exception {
        var job = enqueue(1);
        var wire = new Wire(database);
        try (wire;
                var other = ApiUnderTest.startOn(wire.jdbcUrl(), "millrace.api.follow.heartbeat=PT0.3S");
                var stream = EventStream.open(other, job, null)) {
            stream.until("progress");
            wire.cut();
            api.bean(Talk.Handler.class).release(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> api.get("/jobs/" + job).body().contains("SUCCEEDED"));
            wire.mend();

            var rest = stream.rest();

            assertThat(lines(rest)).containsExactly("the last line");
            assertThat(rest.getLast().data().path("state").asString()).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void sayHowManyLinesOfALongLogAreNotKeptAndHoldOnlyAPageOfIt() throws InterruptedException {
        var job = enqueue(2_500);
        api.bean(Talk.Handler.class).release(1);
        try (var stream = EventStream.open(api, job, null)) {
            var all = stream.rest();

            assertThat(all.getLast().data().path("state").asString()).isEqualTo("SUCCEEDED");
            int missing = all.stream().filter(event -> event.name().equals("gap"))
                    .mapToInt(event -> event.data().path("lines").asInt()).sum();
            assertThat(missing).isPositive();
            assertThat(lines(all)).hasSize(2_501 - missing).endsWith("line 2500", "the last line")
                    .doesNotHaveDuplicates();
        }
        var page = api.bean(JobWatch.class).awaitNews(job, JobPosition.START, Duration.ofSeconds(10)).orElseThrow();
        assertThat(page.events().size()).isBetween(200, 203);
        assertThat(page.ended()).isFalse();
        assertThat(page.events()).noneMatch(JobNews.StateChanged.class::isInstance);
    }

    @Test
    void tellLinesOfAnEarlierRunThatComeLate() throws InterruptedException {
        var job = api.bean(JobQueue.class).enqueue(new Talk(0),
                EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plusSeconds(600)));
        say(job, 5, 1);
        var watch = api.bean(JobWatch.class);
        var first = watch.awaitNews(job, JobPosition.START, Duration.ofSeconds(10)).orElseThrow();
        assertThat(first.events()).hasSize(2).last().isInstanceOf(JobNews.Logged.class);

        say(job, 3, 2);

        var late = watch.awaitNews(job, first.position(), Duration.ofSeconds(10)).orElseThrow();
        assertThat(late.events()).hasSize(2);
        assertThat(late.events().getFirst()).isInstanceOfSatisfying(JobNews.LinesMissing.class,
                gap -> assertThat(gap.lines()).isEqualTo(1));
        assertThat(late.events().getLast()).isInstanceOfSatisfying(JobNews.Logged.class,
                line -> assertThat(line.run()).isEqualTo(3));
        assertThat(JobPosition.parse(late.position().toString())).contains(late.position());
        assertThat(watch.awaitNews(job, late.position(), Duration.ofMillis(300)).orElseThrow().events()).isEmpty();
    }

    @Test
    void areNoneOfAJobThatIsNotThere() {
        try (var stream = EventStream.open(api, UUID.randomUUID(), null)) {
            assertThat(stream.status()).isEqualTo(404);
        }
    }

    @Test
    void beatWhileNothingHappensAndLeaveNothingOfClientsThatGo() {
        api.bean(JobQueues.class).pause("default");
        try {
            var job = enqueue(0);
            var streams = new ArrayList<EventStream>();
            for (int i = 0; i < STREAMS; i++) {
                var stream = EventStream.open(api, job, null);
                assertThat(stream.status()).isEqualTo(200);
                streams.add(stream);
            }
            assertThat(Thread.getAllStackTraces().size()).isLessThan(200);
            try (var refused = EventStream.open(api, job, null)) {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isEqualTo("2");
                assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            }

            streams.forEach(EventStream::close);

            await().atMost(Duration.ofSeconds(30)).until(() -> api.bean(JobEventsController.class).open() == 0);
        } finally {
            api.bean(JobQueues.class).resume("default");
            api.bean(Talk.Handler.class).release(1);
        }
    }

    @Test
    void comeToManyListenersAtOnce() throws Exception {
        var job = enqueue(1);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<List<Event>>>();
            for (int i = 0; i < STREAMS / 2; i++) {
                var stream = EventStream.open(api, job, null);
                all.add(readers.submit(stream::rest));
            }
            api.bean(Talk.Handler.class).release(1);
            for (var one : all) {
                assertThat(lines(one.get(30, TimeUnit.SECONDS))).containsExactly("line 1", "the last line");
            }
        }
    }

    private static UUID enqueue(int lines) {
        return api.bean(JobQueue.class).enqueue(new Talk(lines));
    }

    private static void say(UUID job, int run, int line) {
        api.bean(JdbcClient.class)
                .sql("insert into millrace_jobs.job_log_lines values (?, ?, ?, 1, now(), 'said')").param(job)
                .param(run).param(line).update();
    }

    private static List<String> lines(List<Event> events) {
        return events.stream().filter(event -> event.name().equals("log"))
                .map(event -> event.data().path("text").asString()).toList();
    }
}

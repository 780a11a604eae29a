package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is told that a job has ended, and when. */
class PollingJobWatchTest extends EmbeddedEngine {

    @Autowired
    DataSource dataSource;
    @Autowired
    JobStore store;
    @Autowired
    JobsSchema schema;

    /** As it is when the database comes back: the look that waited for it took as long as the outage. */
    @Test
    void restsNoLongerBecauseALookWaitedForItsConnection() throws Exception {
        var slow = new SlowAtFirst(dataSource, Duration.ofSeconds(4));
        try (var watch = new PollingJobWatch(LookAtJobs.of(slow, store, schema))) {
            var job = queue.enqueue(new ShipOrder(1, "rings until opened"));
            var told = new AtomicReference<Boolean>();
            var waiting = Thread.ofVirtual().start(() -> told.set(ended(watch, job)));
            assertThat(slow.served.await(20, TimeUnit.SECONDS)).as("the slow connection was had").isTrue();

            queue.cancel(job);

            assertThat(waiting.join(Duration.ofSeconds(12))).as("told, without a rest of 36 s").isTrue();
            assertThat(told).hasValue(true);
        }
    }

    private static boolean ended(JobWatch watch, UUID job) {
        try {
            return watch.awaitEnd(job, Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of which the first look waits for its connection. */
    private static final class SlowAtFirst extends DelegatingDataSource {

        private final CountDownLatch served = new CountDownLatch(1);
        private final Duration wait;

        SlowAtFirst(DataSource dataSource, Duration wait) {
            super(dataSource);
            this.wait = wait;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (served.getCount() > 0) {
                try {
                    // What an outage is: nothing, for a time.
                    Thread.sleep(wait);
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
                served.countDown();
            }
            return super.getConnection();
        }
    }
}

package io.millrace.jobs;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What is seen of jobs that fail before a handler is called, as there is none. */
@DirtiesContext
@Import(HeardEvents.class)
class JobsWithoutHandlerTest extends EmbeddedEngine {

    @Autowired
    HeardEvents heard;
    @Autowired
    JobWorker worker;
    @Autowired
    WakeUp wakeUp;
    @Autowired
    DataSource dataSource;
    @Autowired
    JobsSchema schema;
    @Autowired
    Clock clock;

    @Test
    void areToldToBeginAndToFail() {
        insert();

        assertThat(heard.await("FAILED gone-type in gone", 1)).filteredOn(event -> event.endsWith(" in gone"))
                .containsExactlyInAnyOrder("enqueued 1 gone-type in gone", "started gone-type in gone",
                        "FAILED gone-type in gone");
    }

    /** So that nobody takes the worker for stuck. */
    @Test
    void areHandedOverLikeAllOthers() {
        heard.forget();
        long before = System.nanoTime();

        insert();
        heard.await("FAILED gone-type in gone", 1);

        assertThat(worker.server().orElseThrow().underWay().lastHandOver() - before).isPositive();
    }

    private void insert() {
        new QueuedJobs(schema, new EnqueueTransaction(dataSource), wakeUp)
                .insert(new NewJobRow(UUID.randomUUID(), new EnqueuedJob("gone-type", 1, "gone", 0, 3, "{}"),
                        List.of(), clock.instant(), null, null, null));
    }
}

package io.millrace.example;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobStatus.Progress;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;

class IndexShelfTest {

    @Test
    void goesOnBehindTheLastBookThatWasDone() throws Exception {
        var indexed = new ArrayList<String>();
        var attempt = PerformJob.with(new IndexShelf.Handler(indexed::add)).resumingFrom(new IndexShelf.Done(1));

        attempt.run(new IndexShelf(List.of("one", "two", "three")));

        assertThat(indexed).containsExactly("two", "three");
        assertThat(attempt.checkpoint(IndexShelf.Done.class)).hasValue(new IndexShelf.Done(3));
        assertThat(attempt.progress()).containsExactly(new Progress(2, 3), new Progress(3, 3));
    }
}

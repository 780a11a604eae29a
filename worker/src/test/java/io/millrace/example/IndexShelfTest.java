package io.millrace.example;

import java.util.ArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobStatus.Progress;
import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;

class IndexShelfTest {

    @Test
    void goesOnBehindTheLastBookThatWasSaved() throws Exception {
        var books = IntStream.rangeClosed(1, 250).mapToObj(number -> "book " + number).toList();
        var indexed = new ArrayList<String>();
        var attempt = PerformJob.with(new IndexShelf.Handler(indexed::add)).resumingFrom(new IndexShelf.Done(100));

        attempt.run(new IndexShelf(books));

        assertThat(indexed).isEqualTo(books.subList(100, 250));
        assertThat(attempt.checkpoint(IndexShelf.Done.class)).hasValue(new IndexShelf.Done(200));
        assertThat(attempt.progress()).startsWith(new Progress(101, 250)).endsWith(new Progress(250, 250));
    }
}

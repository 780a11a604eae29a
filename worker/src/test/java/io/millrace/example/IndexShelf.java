package io.millrace.example;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Indexes the books of a shelf one by one. Whoever runs it next does the last hundred again at most. */
@JobType(name = "index-shelf")
public record IndexShelf(List<String> books) implements Job<Void> {

    private static final int SAVES_EACH = 100;

    /** What is saved. */
    record Done(int books) {
    }

    static class Handler implements JobHandler<IndexShelf, @Nullable Void> {

        private final Consumer<String> index;

        Handler(Consumer<String> index) {
            this.index = index;
        }

        @Override
        public @Nullable Void handle(IndexShelf job, JobExecution execution) {
            int done = execution.loadCheckpoint(Done.class).map(Done::books).orElse(0);
            for (var book : job.books().subList(done, job.books().size())) {
                index.accept(book);
                done++;
                execution.progress(done, job.books().size());
                if (done % SAVES_EACH == 0) {
                    execution.saveCheckpoint(new Done(done));
                }
            }
            return null;
        }
    }
}

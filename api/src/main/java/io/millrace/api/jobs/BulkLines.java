package io.millrace.api.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.UnreadableJson;
import io.millrace.jobs.NewJob;

/** The jobs of a bulk. From the first one on that is wrong, none is handed on, and the others are only looked at. */
final class BulkLines implements Iterator<NewJob> {

    private static final int MOST_ERRORS = 20;

    private final BulkItems items;
    private final int most;
    private final Read read;
    private final List<LineError> errors = new ArrayList<>();
    private @Nullable Refusal first;
    private @Nullable NewJob next;
    private long line;
    private long count;

    BulkLines(BulkItems items, int most, Read read) {
        this.items = items;
        this.most = most;
        this.read = read;
    }

    /**
     * Whether there is one more.
     *
     * @throws ProblemException
     *             that names the lines which are wrong, once they are known, or says that there are none or too many
     */
    @Override
    public boolean hasNext() {
        while (next == null) {
            var item = item();
            if (item == null) {
                requireAllRight();
                return false;
            }
            line = item.line();
            try {
                var job = read.job(item.json());
                next = first == null ? job : null;
            } catch (EnqueueBulk.Refused e) {
                note(e.refusal());
            }
        }
        return true;
    }

    @Override
    public NewJob next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var job = next;
        next = null;
        return job;
    }

    /** What to say where the engine refuses the job that was handed on last. */
    ProblemException refused(Refusal refusal) {
        note(refusal);
        return problem();
    }

    private BulkItems.@Nullable Item item() {
        try {
            var item = items.next();
            if (item != null && ++count > most) {
                throw ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "too-many-jobs",
                        "There are too many jobs in one request",
                        List.of(new FieldError("", "may hold at most " + most + " jobs")));
            }
            return item;
        } catch (BulkItems.Broken e) {
            line = e.line();
            note(Refusal.invalid(List.of(UnreadableJson.explain(e.getCause()))));
            throw problem();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Refusal refusal) {
        first = first == null ? refusal : first;
        refusal.errors().forEach(error -> errors.add(new LineError(line, error.field(), error.message())));
        if (errors.size() >= MOST_ERRORS) {
            throw problem();
        }
    }

    private void requireAllRight() {
        if (first != null) {
            throw problem();
        }
        if (count == 0) {
            throw ProblemException.invalid("", "must hold at least one job");
        }
    }

    /** Of the kind of the first that is wrong. */
    private ProblemException problem() {
        var refusal = first == null ? Refusal.invalid(List.of()) : first;
        var problem = ProblemException.of(refusal.status(), refusal.kind(), refusal.title(),
                errors.stream().map(error -> new FieldError("line " + error.line() + ": " + error.field(),
                        error.message())).toList());
        problem.getBody().setProperty("errors", List.copyOf(errors));
        return problem;
    }

    /** Makes a job of a line. */
    interface Read {

        /**
         * The job in {@code json}; null stands for what was too long to be read.
         *
         * @throws EnqueueBulk.Refused
         *             if it is none
         */
        NewJob job(byte @Nullable [] json);
    }

    /**
     * One thing that is wrong.
     *
     * @param line
     *            of NDJSON, or the place in the array; the first is 1
     */
    record LineError(long line, String field, String message) {
    }
}

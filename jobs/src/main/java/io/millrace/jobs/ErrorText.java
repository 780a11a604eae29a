package io.millrace.jobs;

import java.util.List;
import java.util.Objects;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jspecify.annotations.Nullable;

/**
 * What the last failure of a job says, as column {@code error} of its row keeps it for those who search: short enough to be read by the
 * ten thousand, where the whole failure is in the row's JSON, with a stack trace.
 */
final class ErrorText {

    /** As the index {@code jobrunr_jobs_troubled} has it. */
    static final String TROUBLED = "(state = 'FAILED' or error is not null and state <> 'SUCCEEDED')";

    private static final int LONGEST_TYPE = 200;
    private static final int LONGEST_MESSAGE = 200;
    private static final String IN_JSON = "%s || ': ' || left(%s, %d)".formatted(last("exceptionType"),
            last("exceptionMessage"), LONGEST_MESSAGE);

    private ErrorText() {
    }

    /** Of a job that is to be written; null if it has not just failed, whatever it did before. */
    static @Nullable String of(Job job) {
        var failed = lastOf(job.getJobStates());
        return failed == null ? null : of(failed);
    }

    private static String of(FailedState failed) {
        var message = failed.getExceptionMessage();
        return start(Objects.toString(failed.getExceptionType(), ""), LONGEST_TYPE) + ": "
                + start(Objects.toString(message == null ? failed.getMessage() : message, ""), LONGEST_MESSAGE);
    }

    /** The last state, or that before it where it waits for another attempt, or goes on after its worker's death. */
    private static @Nullable FailedState lastOf(List<JobState> history) {
        var last = history.getLast();
        boolean goesOn = switch (last.getName()) {
            case SCHEDULED, ENQUEUED -> history.size() > 1;
            default -> false;
        };
        return (goesOn ? history.get(history.size() - 2) : last) instanceof FailedState failed ? failed : null;
    }

    /** Postgres stores no NUL, and no half of a character. */
    private static String start(String text, int most) {
        int end = text.length() <= most ? text.length() : text.offsetByCodePoints(0, Math.min(most, codePoints(text)));
        return text.substring(0, end).codePoints()
                .map(one -> one == 0 || Character.getType(one) == Character.SURROGATE ? '\uFFFD' : one)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * SQL for the text of a row: of one that failed under a version that did not write the column, what its JSON says, as far as the
     * first quote in the message.
     */
    static String ofRow() {
        return "case when error is null and state = 'FAILED' then %s else error end".formatted(IN_JSON);
    }

    /** The same where {@code row} has the columns id, state and error alone: only for a row without the text the table is looked into. */
    static String ofColumns(String row, String table) {
        return "case when %1$s.error is null and %1$s.state = 'FAILED' then %2$s else %1$s.error end".formatted(row,
                lookedUp(IN_JSON, row, table));
    }

    /** The same of a row that is FAILED. */
    static String ofFailed(String row, String table) {
        return "coalesce(%s.error, %s)".formatted(row, lookedUp(IN_JSON, row, table));
    }

    /**
     * SQL for the class of a FAILED row's exception, which stands before the message in the column; where there is no column, or it has
     * not the whole of a very long name, the JSON says it.
     */
    static String typeOfFailed(String row, String table) {
        return """
               case when %1$s.error is null or length(split_part(%1$s.error, ': ', 1)) >= %2$d
                   then %3$s else split_part(%1$s.error, ': ', 1) end"""
                .formatted(row, LONGEST_TYPE, lookedUp(last("exceptionType"), row, table));
    }

    private static String lookedUp(String text, String row, String table) {
        return "(select %s from %s as whole where whole.id = %s.id)".formatted(text, table, row);
    }

    /**
     * SQL for a text of the last failure in a row of either form: whatever a text holds, its quotes have backslashes before them. No
     * cast to JSON, which Postgres refuses for a message with U+0000.
     */
    private static String last(String field) {
        return "split_part(split_part(jobAsJson, '\"%s\":\"', -1), '\"', 1)".formatted(field);
    }

    /** SQL that says whether {@code text} contains the parameter, in letters of either case. */
    static String contains(String text, String parameter) {
        return "position(lower(%s) in lower(%s)) > 0".formatted(parameter, text);
    }
}

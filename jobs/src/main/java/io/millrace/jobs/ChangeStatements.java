package io.millrace.jobs;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** {@link JobChanges} in SQL. What only some changes bring has a statement of its own, so that the others do not pay for it. */
final class ChangeStatements {

    private static final List<RowValues.Column<JobChange>> CHANGE = List.of(
            new RowValues.Column<>("id", "text", change -> change.id().toString()),
            new RowValues.Column<>("replaces", "integer", change -> String.valueOf(change.replaces())),
            new RowValues.Column<>("moves", "boolean", change -> String.valueOf(change.moves())),
            new RowValues.Column<>("json", "text", JobChange::json),
            new RowValues.Column<>("state", "text", JobChange::state),
            new RowValues.Column<>("updatedAt", "timestamp", change -> change.updatedAt().toString()),
            new RowValues.Column<>("scheduledAt", "timestamp", change -> text(change.scheduledAt())));
    private static final List<RowValues.Column<JobChange>> RESULT = List.of(
            new RowValues.Column<>("type", "text", ofResult(NewResult::type)),
            new RowValues.Column<>("result", "text", ofResult(NewResult::json)),
            new RowValues.Column<>("ttl", "float8", ofResult(result -> String.valueOf(result.seconds()))));
    private static final List<RowValues.Column<JobChange>> ERROR = List
            .of(new RowValues.Column<>("error", "text", JobChange::error));

    private final RowValues<JobChange> plain;
    private final RowValues<JobChange> withErrors;
    private final RowValues<JobChange> withResults;
    private final RowValues<JobChange> withBoth;

    /**
     * @param condition
     *            beside that of the version
     * @param told
     *            a last column of what the update returns
     */
    ChangeStatements(JobsSchema schema, String condition, String told) {
        String update = update(schema, condition, "");
        String withError = update(schema, condition, ", error = coalesce(change.error, job.error)");
        this.plain = withoutResults(CHANGE, update, told);
        this.withErrors = withoutResults(and(CHANGE, ERROR), withError, told);
        this.withResults = withResults(schema, and(CHANGE, RESULT), update, told);
        this.withBoth = withResults(schema, and(and(CHANGE, RESULT), ERROR), withError, told);
    }

    /** For changes of which some, or none, bring results and errors. */
    RowValues<JobChange> of(boolean anyResult, boolean anyError) {
        if (anyResult) {
            return anyError ? withBoth : withResults;
        }
        return anyError ? withErrors : plain;
    }

    private static <T> List<T> and(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Function<JobChange, @Nullable String> ofResult(Function<NewResult, String> column) {
        return change -> change.result() == null ? null : column.apply(change.result());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String update(JobsSchema schema, String condition, String more) {
        return """
               update %sjobrunr_jobs job
               set version = replaces + 1, jobAsJson = case when moves then %s else json end,
                   state = change.state,
                   updatedAt = case change.state when 'PROCESSING' then clock_timestamp() at time zone 'UTC'
                       else change.updatedAt end,
                   scheduledAt = change.scheduledAt,
                   worker = case change.state when 'PROCESSING' then job.worker end%s
               from change
               where job.id = change.id::bpchar and job.version = replaces
               """.formatted(schema.prefix(), StoredForm.moved("jobAsJson", "replaces + 1", "json"), more) + condition;
    }

    private static RowValues<JobChange> withoutResults(List<RowValues.Column<JobChange>> columns, String update,
            String told) {
        return new RowValues<>(columns,
                changes -> "with change as %s %s returning job.id, null::bigint%s".formatted(changes, update, told));
    }

    private static RowValues<JobChange> withResults(JobsSchema schema, List<RowValues.Column<JobChange>> columns,
            String update, String told) {
        return new RowValues<>(columns,
                changes -> """
                           with change as %2$s, changed as (
                               %3$s returning job.id, change.type, result, ttl%4$s
                           ), kept as (
                               insert into %1$sjob_results as kept (job_id, type, result, expires_at)
                               select id::uuid, type, result, now() + make_interval(secs => ttl) from changed
                               where result is not null
                               on conflict (job_id) do update
                                   set result = excluded.result, created_at = excluded.created_at,
                                       expires_at = excluded.expires_at
                               returning job_id, expires_at
                           )
                           select job_id::text, (extract(epoch from expires_at) * 1000000)::bigint from kept
                           union all
                           select id, null from changed where result is null
                           """.formatted(schema.prefix(), changes, update, told));
    }
}

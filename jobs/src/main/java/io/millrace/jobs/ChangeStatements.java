package io.millrace.jobs;

/** {@link JobChanges} in SQL. What only some changes bring has a statement of its own, so that the others do not pay for it. */
final class ChangeStatements {

    private final String plain;
    private final String withErrors;
    private final String withResults;
    private final String withBoth;

    /**
     * @param condition
     *            beside that of the version
     * @param told
     *            a last column of what the update returns
     */
    ChangeStatements(JobsSchema schema, String condition, String told) {
        this.plain = withoutResults(update(schema, condition, ""), "", "", told);
        String setError = ", error = coalesce(change.error, job.error)";
        this.withErrors = withoutResults(update(schema, condition, setError), ", ?", ", error", told);
        this.withResults = withResults(schema, update(schema, condition, ""), "", "", told);
        this.withBoth = withResults(schema, update(schema, condition, setError), ", ?", ", error", told);
    }

    /** The errors, if any, are the last parameter. */
    String of(boolean anyResult, boolean anyError) {
        if (anyResult) {
            return anyError ? withBoth : withResults;
        }
        return anyError ? withErrors : plain;
    }

    private static String update(JobsSchema schema, String condition, String more) {
        return """
               update %sjobrunr_jobs job
               set version = replaces + 1, jobAsJson = case when moves then %s else json end,
                   state = change.state,
                   updatedAt = case change.state when 'PROCESSING' then clock_timestamp() at time zone 'UTC'
                       else change.updatedAt::timestamp end,
                   scheduledAt = change.scheduledAt::timestamp,
                   worker = case change.state when 'PROCESSING' then job.worker end%s
               from change
               where job.id = change.id::bpchar and job.version = replaces
               """.formatted(schema.prefix(), StoredForm.moved("jobAsJson", "replaces + 1", "json"), more) + condition;
    }

    private static String withoutResults(String update, String parameter, String column, String told) {
        return """
               with change as (
                   select * from unnest(?, ?, ?, ?, ?, ?, ?%s)
                       as change (id, replaces, moves, json, state, updatedAt, scheduledAt%s)
               )
               """.formatted(parameter, column) + update + "returning job.id, null::bigint" + told;
    }

    private static String withResults(JobsSchema schema, String update, String parameter, String column, String told) {
        return """
               with change as (
                   select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?%s)
                       as change (id, replaces, moves, json, state, updatedAt, scheduledAt, type, result, ttl%s)
               ), changed as (
               """.formatted(parameter, column) + update + "returning job.id, change.type, result, ttl" + told
                + """
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
                  """.formatted(schema.prefix());
    }
}

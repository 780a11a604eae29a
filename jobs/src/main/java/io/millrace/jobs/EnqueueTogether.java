package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Writes new jobs of callers that have nothing to do with one another, and the idempotency keys they come with, in one
 * statement. A job whose key stands for another one already is left out. Keys are locked in their order, so that two who
 * write the same ones wait for one another instead of both for ever; and for a key that somebody is claiming they wait a
 * quarter of a second, as the others of the commit wait as well.
 */
final class EnqueueTogether implements SharedCommits.Statement<EnqueueTogether.Request, Boolean> {

    /** Characters of payload that take as much of a commit as a job itself does: a commit has a few megabytes. */
    private static final int PAYLOAD = 8_192;

    private static final String NEW_IDS = QueuedJobs.UNLESS_THERE + " returning id";

    private final RowValues<NewJobRow> withoutKeys;
    private final RowValues<NewJobRow> withKeys;
    private final double ttlSeconds;

    EnqueueTogether(JobsSchema schema, IdempotencyKeys keys) {
        this.ttlSeconds = keys.ttlSeconds();
        this.withoutKeys = QueuedJobs.all(schema, "", "", NEW_IDS);
        String claimed = """
                         with claimed as (
                             insert into %s (key, request, job_id, expires_at)
                             select key, request, id, clock_timestamp() + make_interval(secs => ?)
                             from unnest(?::text[], ?::bytea[], ?::uuid[]) as keyed (key, request, id)
                             where key is not null and (select set_config('lock_timeout', '250ms', true)) is not null
                             order by key
                             on conflict (key) do nothing
                             returning job_id)
                         """.formatted(keys.table());
        this.withKeys = QueuedJobs.all(schema, claimed,
                "where id <> all (?::text[]) or id::uuid in (select job_id from claimed)", NEW_IDS);
    }

    @Override
    public List<Boolean> write(Connection connection, List<Request> together) throws SQLException {
        boolean anyKey = together.stream().anyMatch(request -> request.key != null);
        var jobs = (anyKey ? withKeys : withoutKeys).of(together.stream().map(Request::job).toList());
        try (var insert = connection.prepareStatement(jobs.sql())) {
            int next = jobs.bind(insert, anyKey ? bindKeys(insert, together) : 1);
            if (anyKey) {
                insert.setArray(next, connection.createArrayOf("text", together.stream()
                        .filter(request -> request.key != null).map(request -> request.id().toString()).toArray()));
            }
            try (var rows = insert.executeQuery()) {
                var inserted = ids(rows);
                return together.stream().map(request -> inserted.contains(request.id())).toList();
            }
        }
    }

    @Override
    public int size(Request request) {
        return 1 + request.job.enqueued().payload().length() / PAYLOAD;
    }

    private int bindKeys(PreparedStatement insert, List<Request> together) throws SQLException {
        var connection = insert.getConnection();
        insert.setDouble(1, ttlSeconds);
        insert.setArray(2, connection.createArrayOf("text", together.stream().map(Request::key).toArray()));
        insert.setArray(3,
                connection.createArrayOf("bytea", together.stream().map(Request::hash).toArray(byte[][]::new)));
        insert.setArray(4, connection.createArrayOf("uuid", together.stream().map(Request::id).toArray()));
        return 5;
    }

    private static Set<UUID> ids(ResultSet rows) throws SQLException {
        var ids = new HashSet<UUID>();
        while (rows.next()) {
            ids.add(UUID.fromString(rows.getString(1)));
        }
        return ids;
    }

    /**
     * A job to be enqueued.
     *
     * @param key
     *            its idempotency key
     * @param hash
     *            of what the key stands for, if there is one
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by the database alone
    record Request(NewJobRow job, @Nullable String key, byte @Nullable [] hash) {

        static Request of(NewJobRow job, EnqueueOptions options) {
            var key = options.idempotencyKey();
            return new Request(job, key == null ? null : key.key(),
                    key == null ? null : RequestHash.of(key, job.enqueued()));
        }

        UUID id() {
            return job.id();
        }
    }
}

package io.millrace.benchmarks.pages;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs of thirty days, made by SQL: the newest fiftieth is half a backlog, one of a hundred has FAILED, some were cancelled or
 * wait for a later time, and a paused queue holds jobs that were enqueued weeks ago. Twenty types, of which the first has a third of all jobs
 * and the last twenty jobs in all.
 */
final class JobRows {

    private final Connection connection;

    JobRows(Connection connection) {
        this.connection = connection;
    }

    /** Fills the table, whose rows no trigger sees one by one. */
    void fill(int jobs) throws SQLException {
        var table = "millrace_jobs.jobrunr_jobs";
        execute("alter table " + table + " disable trigger user");
        bulk(table, insert(jobs, Math.max(jobs / 300, 1)));
        execute("alter table " + table + " enable trigger user");
    }

    /** Fills an empty table and makes its indexes afterwards, in one transaction, of which nothing goes to the log. */
    void bulk(String table, String insert) throws SQLException {
        connection.setAutoCommit(false);
        var again = new ArrayList<String>();
        for (var index : texts(
                """
                select format('alter table %1$s drop constraint %%I', conname) || ';' ||
                    format('alter table %1$s add constraint %%I %%s', conname, pg_get_constraintdef(pg_constraint.oid))
                        || coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '')
                from pg_constraint join pg_class on pg_class.oid = conindid
                where conrelid = '%1$s'::regclass and contype = 'p'
                union all
                select format('drop index %%s', indexrelid::regclass) || ';' || pg_get_indexdef(indexrelid)
                from pg_index where indrelid = '%1$s'::regclass and not indisprimary
                """.formatted(table))) {
            String[] dropAndMake = index.split(";", 2);
            execute(dropAndMake[0]);
            again.add(dropAndMake[1]);
        }
        execute("truncate " + table, insert);
        for (var make : again) {
            execute(make);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    List<String> texts(String query) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    void execute(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String insert(int jobs, int tenants) {
        return """
               insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt,
                   scheduledAt, type, queue, priority, labels, concurrencyKey, concurrencyLimit, worker, error, webhook,
                   webhookTold, placedById)
               select id, versions,
                   '{"job":"' || id || '","type":"' || type || '","payloadVersion":1,"queue":"' || queue
                       || '","priority":0,"maxAttempts":5,"payload":"{\\"orderId\\":\\"' || id
                       || '\\",\\"customer\\":' || i %% 100000
                       || ',\\"template\\":\\"order-confirmation\\",\\"locale\\":\\"en-GB\\",\\"lines\\":[{\\"sku\\":\\"A-'
                       || i %% 977 || '\\",\\"count\\":2},{\\"sku\\":\\"B-' || i %% 877 || '\\",\\"count\\":1}]}"'
                       || case when labels is null then '' else ',"labels":' || array_to_json(labels) end || '}'
                       || case state
                           when 'SCHEDULED' then e'\\n{"v":1,"SCHEDULED":"' || at || '","for":"' || at || '"}'
                           when 'ENQUEUED' then e'\\n{"v":1,"ENQUEUED":"' || at || '"}'
                           when 'DELETED' then e'\\n{"ENQUEUED":"' || at || e'"}\\n{"v":2,"DELETED":"' || at
                               || '","reason":"Cancelled"}'
                           else e'\\n{"ENQUEUED":"' || at || '"}' || e'\\n{"v":2,"PROCESSING":"' || at || '","server":"'
                               || worker || '","serverName":"worker-' || i %% 60 || '"}'
                               || case state
                                   when 'SUCCEEDED' then
                                       e'\\n{"v":3,"SUCCEEDED":"' || at || '","latency":0.001000000,"duration":0.020000000}'
                                   when 'FAILED' then e'\\n{"v":3,"FAILED":"' || at
                                       || '","message":"An exception occurred during the performance of the job","exceptionType":"'
                                       || thrown || '","exceptionMessage":"' || said || '","stackTrace":"' || thrown || ': '
                                       || said || repeat('\\n\\tat com.example.shop.orders.SendConfirmation.handle(SendConfirmation.java:57)', 12)
                                       || '"}'
                                   else '' end
                           end,
                   'io.millrace.jobs.JobRunner.run(io.millrace.jobs.EnqueuedJob)', state, created, updated,
                   case when state = 'SCHEDULED' then now() at time zone 'UTC' + (i %% 1000) * interval '1 hour' end,
                   type, queue, 0, labels,
                   case when i %% 50 = 31 then 'tenant-' || i %% 1000000 / 50 %% 1000 end,
                   case when i %% 50 = 31 then 5 end,
                   case when state in ('PROCESSING', 'SUCCEEDED', 'FAILED') then worker end,
                   case when state = 'FAILED' or i %% 50 = 33 then thrown || ': ' || said end,
                   case when i %% 200 = 5 then 'https://shop.example.com/hooks/jobs' end,
                   case when i %% 200 = 5 and state in ('SUCCEEDED', 'FAILED', 'DELETED') then state end,
                   true
               from (
                   select i, id, state, created, worker,
                       created + case when state in ('ENQUEUED', 'SCHEDULED') then interval '0' else interval '2 seconds' end
                           as updated,
                       to_char(created, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
                       case state when 'PROCESSING' then 3 when 'SUCCEEDED' then 3 when 'FAILED' then 3 when 'DELETED' then 2
                           else 1 end as versions,
                       case when isRare then 'rebuild-search-index' else 'job-type-' || kind end as type,
                       case when state = 'ENQUEUED' and not isNew then 'reports'
                           else (array['default', 'mail', 'files', 'imports', 'webhooks', 'billing', 'search'])[1 + kind %% 7]
                           end as queue,
                       case when i %% 10 < 3 then array['tenant:' || i::bigint * 7919 %% %2$d]
                           when i %% 100 = 3 then array['order:' || i]
                           when i %% 20 = 5 then array['import:2026-11', 'tenant:' || i::bigint * 7919 %% %2$d]
                           when i %% 50 = 9 and i between %1$d / 10 and %1$d / 5 then array['campaign:spring'] end as labels,
                       case when i %% (%1$d / 20) = 5 then 'java.lang.ArithmeticException'
                           else (array['java.net.SocketTimeoutException', 'java.io.IOException', 'java.lang.IllegalStateException',
                               'org.springframework.dao.DataIntegrityViolationException',
                               'com.example.shop.payments.PaymentRefused', 'java.util.concurrent.TimeoutException',
                               'java.lang.NullPointerException', 'java.nio.file.NoSuchFileException'])[1 + i / 7 %% 8] end as thrown,
                       case when i %% (%1$d / 20) = 5 then '/ by zero in the shares of order 4711'
                           else (array['connect timed out to host-', 'Broken pipe while writing part ', 'no such customer: ',
                               'duplicate key value violates unique constraint of tenant ', 'the card was refused, code ',
                               'no answer within 30 s from node ', 'Cannot invoke method of null, line ',
                               '/var/spool/uploads/part-'])[1 + i / 7 %% 8] || i %% 5000 end as said
                   from (
                       select *, left(millis, 8) || '-' || right(millis, 4) || '-' || to_hex(28672 + extract(microseconds from created)::bigint %% 1000)
                               || right(gen_random_uuid()::text, 18) as id,
                           case when i > %1$d - least(500, %1$d / 100) then 'PROCESSING'
                               when isNew and i %% 2 = 0 then 'ENQUEUED'
                               when i %% 1000 < 10 then 'FAILED'
                               when i %% 1000 < 15 then 'DELETED'
                               when i %% 1000 < 18 then 'SCHEDULED'
                               when i %% 1000 < 30 and i between %1$d / 6 and %1$d / 3 then 'ENQUEUED'
                               else 'SUCCEEDED' end as state,
                           1 + floor(19 * chance ^ 3)::int as kind,
                           i %% (%1$d / 20) = 77 as isRare
                       from (select *, lpad(to_hex(floor(extract(epoch from created) * 1000)::bigint), 12, '0') as millis from (
                           select i, random() as chance, i > %1$d * 0.98 as isNew,
                               date_trunc('second', now() at time zone 'UTC') - interval '30 days'
                                   + i * (interval '30 days' / %1$d) as created,
                               ('00000000-0000-4000-8000-' || lpad((i %% 60)::text, 12, '0'))::uuid as worker
                           from generate_series(1, %1$d) as i) as dated) as numbered) as timed) as told
               """
                .formatted(jobs, tenants);
    }
}

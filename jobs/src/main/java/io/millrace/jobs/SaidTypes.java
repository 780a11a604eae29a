package io.millrace.jobs;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job types that may be queued by name, as workers say each minute. A type that no worker knows any more stays: its
 * jobs could be queued before as well, and wait or fail as others without a handler.
 */
final class SaidTypes {

    private final String say;
    private final String take;
    private final String find;

    SaidTypes(JobsSchema schema) {
        // In one order, so that workers that say it together wait for each other at most.
        this.say = """
                   insert into %1$sjob_types as known (name, version, queue, priority, max_attempts)
                   select * from unnest(?::text[], ?::integer[], ?::text[], ?::integer[], ?::integer[])
                       as said (name, version, queue, priority, max_attempts)
                   order by name
                   on conflict (name) do update
                   set version = excluded.version, queue = excluded.queue, priority = excluded.priority,
                       max_attempts = excluded.max_attempts
                   where (known.version, known.queue, known.priority, known.max_attempts)
                       is distinct from (excluded.version, excluded.queue, excluded.priority, excluded.max_attempts)
                   """.formatted(schema.prefix());
        this.take = "delete from %sjob_types where name = any (?::text[])".formatted(schema.prefix());
        this.find = "select name, version, queue, priority, max_attempts from %sjob_types where name = ?"
                .formatted(schema.prefix());
    }

    /**
     * Writes nothing where the same has been said already.
     *
     * @param internal
     *            those that may not be queued by name, although they may have been before
     */
    void say(JdbcClient jdbc, List<JobDescriptor> offered, List<JobDescriptor> internal) {
        jdbc.sql(take).param(internal.stream().map(JobDescriptor::name).toArray(String[]::new)).update();
        var all = offered.stream().map(JobDescriptor::defaults).toList();
        jdbc.sql(say).param(texts(all, TypeDefaults::type)).param(texts(all, TypeDefaults::version))
                .param(texts(all, TypeDefaults::queue)).param(texts(all, TypeDefaults::priority))
                .param(texts(all, TypeDefaults::maxAttempts)).update();
    }

    Optional<TypeDefaults> find(JdbcClient jdbc, String type) {
        return jdbc.sql(find).param(type).query((row, number) -> new TypeDefaults(row.getString("name"),
                row.getInt("version"), row.getString("queue"), row.getInt("priority"), row.getInt("max_attempts")))
                .optional();
    }

    private static String[] texts(List<TypeDefaults> types, Function<TypeDefaults, Object> column) {
        return types.stream().map(column).map(String::valueOf).toArray(String[]::new);
    }
}

package io.millrace.core.files;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores this process knows: the one that new files go to, and those that hold earlier ones. */
final class ContentStores implements AutoCloseable {

    private final JdbcClient jdbc;
    private final ContentStore current;
    private final Map<String, ContentStore> byName;
    private final List<Pieces> elsewhere;

    private ContentStores(JdbcClient jdbc, String current, Map<String, ContentStore> byName, List<Pieces> elsewhere) {
        this.jdbc = jdbc;
        this.byName = byName;
        this.elsewhere = List.copyOf(elsewhere);
        this.current = named(current);
    }

    /** The database, and these places beside it; new files go to the one of this name. */
    static ContentStores of(JdbcClient jdbc, String current, List<Pieces> elsewhere) {
        Stream<ContentStore> others = elsewhere.stream().map(pieces -> new ContentElsewhere(jdbc, pieces));
        return new ContentStores(jdbc, current, Stream.concat(Stream.of(new PostgresContent(jdbc)), others)
                .collect(Collectors.toUnmodifiableMap(ContentStore::name, Function.identity())), elsewhere);
    }

    ContentStore current() {
        return current;
    }

    Set<String> names() {
        return byName.keySet();
    }

    /**
     * The store that has a file's content.
     *
     * @throws ContentUnavailable
     *             if this process has no settings for it
     */
    ContentStore named(String name) {
        ContentStore store = byName.get(name);
        if (store == null) {
            throw new ContentUnavailable("the file is in the store \"" + name
                    + "\", which this process does not know: set millrace.files." + name + " as it was", null);
        }
        return store;
    }

    /** The store that has this file's content, whatever its state; the current one if there is no such file. */
    ContentStore of(UUID file) {
        return jdbc.sql("select store from files where id = :id").param("id", file).query(String.class).optional()
                .map(this::named).orElse(current);
    }

    @Override
    public void close() {
        elsewhere.forEach(Pieces::close);
    }
}

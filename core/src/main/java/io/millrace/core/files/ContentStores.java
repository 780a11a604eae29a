package io.millrace.core.files;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores this process knows: the one that new files go to, and those that hold earlier ones. */
final class ContentStores {

    private final JdbcClient jdbc;
    private final ContentStore current;
    private final Map<String, ContentStore> byName;

    ContentStores(JdbcClient jdbc, ContentStore current, List<ContentStore> all) {
        this.jdbc = jdbc;
        this.current = current;
        this.byName = all.stream().collect(Collectors.toUnmodifiableMap(ContentStore::name, Function.identity()));
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
}

package io.millrace.dashboard.access;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** By text, the most recently used of them only. */
final class Bounded<V> extends LinkedHashMap<String, V> {

    private static final long serialVersionUID = 1;
    private final int most;

    Bounded(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.@Nullable Entry<String, V> eldest) {
        return size() > most;
    }
}

package io.millrace.jobs.figures;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

import io.micrometer.core.instrument.Tags;

/**
 * Of rows whose names are callers' choice at most {@link #MOST}, and all others as one. Whichever was shown stays for as long as it is there,
 * so that those who make up names push none aside. Not safe for concurrent use.
 */
final class NotTooMany<T> {

    static final int MOST = 500;

    private final Tags others;
    private final BinaryOperator<T> together;
    private Set<Tags> shown = Set.of();

    NotTooMany(Tags others, BinaryOperator<T> together) {
        this.others = others;
        this.together = together;
    }

    Map<Tags, T> of(Map<Tags, T> all) {
        var kept = new LinkedHashSet<>(shown);
        kept.retainAll(all.keySet());
        all.keySet().stream().filter(tags -> !kept.contains(tags)).limit((long) MOST - kept.size()).toList()
                .forEach(kept::add);
        shown = kept;
        var rows = new LinkedHashMap<Tags, T>();
        all.forEach((tags, row) -> rows.merge(kept.contains(tags) ? tags : others, row, together));
        return rows;
    }
}

package io.millrace.worker.files.columns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.millrace.core.files.FileProfile;

/**
 * The columns of one file in their order, at most {@value #MAX}: whatever the file, they use less than 200 MB. For one
 * thread.
 */
public final class Columns {

    /** Columns beyond this many are not profiled. */
    public static final int MAX = 10_000;

    private static final int MAX_NAME = 200;

    private final DistinctBudget budget = new DistinctBudget(DistinctBudget.DEFAULT_SLOTS);
    private final List<ColumnProfile> columns = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> uses = new HashMap<>();

    /**
     * Adds a column on the right.
     *
     * @param name
     *            cut to 200 characters; an empty one becomes {@code column3} in third place, and a second {@code a} becomes
     *            {@code a_2}
     * @throws IllegalStateException
     *             if there are {@value #MAX} already
     */
    public ColumnProfile add(String name) {
        if (isFull()) {
            throw new IllegalStateException("there are " + MAX + " columns already");
        }
        var column = new ColumnProfile(unique(name), budget);
        columns.add(column);
        return column;
    }

    public boolean isFull() {
        return columns.size() == MAX;
    }

    public int size() {
        return columns.size();
    }

    public ColumnProfile get(int index) {
        return columns.get(index);
    }

    /** What is known of each, after so many rows. */
    public List<FileProfile.Column> describe(long rows) {
        return columns.stream().map(column -> column.describe(rows)).toList();
    }

    private String unique(String given) {
        String base = given.isEmpty() ? "column" + (columns.size() + 1) : Excerpt.of(given, MAX_NAME);
        String name;
        do {
            int use = uses.merge(base, 1, Integer::sum);
            name = use == 1 ? base : base + "_" + use;
        } while (!names.add(name));
        return name;
    }
}

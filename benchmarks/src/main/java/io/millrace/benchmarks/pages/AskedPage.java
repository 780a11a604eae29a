package io.millrace.benchmarks.pages;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of the dashboard, or one of its searches.
 *
 * @param paths
 *            asked for in turn: the same page of other jobs or keys
 * @param peer
 *            what plain JobRunr asks its store for to show the same; null where it has no such thing
 */
record AskedPage(String name, List<String> paths, @Nullable Runnable peer) {

    AskedPage {
        paths = List.copyOf(paths);
    }
}

package io.millrace.benchmarks.pages;

import java.util.List;

/**
 * How much of everything there is.
 *
 * @param jobs
 *            rows of the database that is measured
 * @param few
 *            rows of the one beside it
 * @param requests
 *            that count, of each page
 */
record PageSizes(int jobs, int few, int requests) {

    static final PageSizes DEFAULTS = new PageSizes(10_000_000, 10_000, 50);
    /** What an argument that changes one of them begins with. */
    static final String PREFIX = "pages.";

    /** Arguments such as {@code pages.jobs=200000} change the defaults; others are not for it. */
    static PageSizes of(List<String> arguments) {
        var sizes = DEFAULTS;
        for (var argument : arguments) {
            if (argument.startsWith(PREFIX)) {
                String[] size = argument.substring(PREFIX.length()).split("=", 2);
                sizes = sizes.with(size[0], Integer.parseInt(size[1]));
            }
        }
        return sizes;
    }

    private PageSizes with(String name, int value) {
        return switch (name) {
            case "jobs" -> new PageSizes(value, few, requests);
            case "few" -> new PageSizes(jobs, value, requests);
            case "requests" -> new PageSizes(jobs, few, value);
            default -> throw new IllegalArgumentException("no such size: " + name);
        };
    }
}

package io.millrace.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to measure, from a command line: {@code jobs} is all, {@code jobs:drain} one scenario, {@code jobs:drain:millrace} one
 * scenario with one peer, {@code jobs.concurrency=512} a size, {@code --millrace.jobs.worker.queues=mail} a property of Millrace's.
 */
record Selection(Set<String> scenarios, Set<String> peers, Sizes sizes, List<String> settings) {

    static final String SECTION = "jobs";

    static Selection of(List<String> arguments) {
        Set<String> scenarios = new TreeSet<>();
        Set<String> peers = new TreeSet<>();
        List<String> settings = new ArrayList<>();
        var sizes = Sizes.DEFAULTS;
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                settings.add(argument);
            } else if (argument.startsWith(SECTION + ".")) {
                String[] size = argument.substring(SECTION.length() + 1).split("=", 2);
                sizes = sizes.with(size[0], Integer.parseInt(size[1]));
            } else if (argument.startsWith(SECTION + ":")) {
                String[] parts = argument.split(":", 3);
                scenarios.add(parts[1]);
                peers.addAll(parts.length == 3 ? List.of(parts[2].split("\\+", -1)) : List.of());
            }
        }
        return new Selection(scenarios, peers, sizes, settings);
    }

    /** Whether such an argument says what to measure, rather than how. */
    static boolean asks(String argument) {
        return argument.equals(SECTION) || argument.startsWith(SECTION + ":");
    }

    /** Whether such an argument says how to measure. */
    static boolean adjusts(String argument) {
        return argument.startsWith("--") || argument.startsWith(SECTION + ".");
    }

    boolean wantsScenario(String name) {
        return scenarios.isEmpty() || scenarios.contains(name);
    }

    boolean wantsPeer(String name) {
        return peers.isEmpty() || peers.contains(name);
    }
}

package io.millrace.local;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A query of Prometheus, of which its metrics and labels are known, not its meaning. */
record MonitoredQuery(String text) {

    /** Prometheus' own, and what comes with the first request without a valid key, which local does not ask for. */
    private static final Set<String> NOT_HERE = Set.of("up", "millrace_api_authentication_failures_total");
    private static final Set<String> THEIR_LABELS = Set.of("reason");
    private static final Set<String> TARGET = Set.of("job", "instance");
    private static final Pattern BY = Pattern.compile("\\b(?:by|on) \\((?<labels>[^)]*)\\)");
    private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"");
    /** Functions and aggregations are followed by a parenthesis or by their labels, and times are numbers. */
    private static final Pattern METRIC = Pattern.compile(
            "(?<![\\w:.\\[])(?<name>[a-z_][a-z0-9_]*(?::[a-z_]+)?)(?:\\{(?<labels>[^}]*)})?(?![\\w:])(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("unless", "and", "or", "offset", "by", "on");

    /** What of it nobody exports. */
    List<String> complaints(ExportedMetrics exported) {
        var complaints = new ArrayList<String>();
        var known = new ArrayList<String>(TARGET);
        known.addAll(THEIR_LABELS);
        String bare = TEXTS.matcher(text).replaceAll("\"\"");
        METRIC.matcher(BY.matcher(bare).replaceAll("")).results()
                .filter(metric -> !WORDS.contains(metric.group("name")))
                .filter(metric -> !NOT_HERE.contains(metric.group("name"))).forEach(metric -> {
                    Collection<String> labels = exported.labels().get(metric.group("name"));
                    if (labels == null) {
                        complaints.add("no metric " + metric.group("name") + " for " + text);
                    } else {
                        known.addAll(labels);
                        String wanted = metric.group("labels");
                        names(wanted == null ? "" : wanted)
                                .filter(label -> !labels.contains(label) && !TARGET.contains(label))
                                .forEach(label -> complaints
                                        .add(metric.group("name") + " has no label " + label + " for " + text));
                    }
                });
        if (complaints.isEmpty()) {
            BY.matcher(bare).results().flatMap(by -> names(by.group("labels")))
                    .filter(label -> !known.contains(label))
                    .forEach(label -> complaints.add("no label " + label + " for " + text));
        }
        return complaints;
    }

    private static Stream<String> names(String list) {
        return Arrays.stream(list.split(",", -1)).map(name -> name.strip().replaceFirst("[!=~]+.*", ""))
                .filter(name -> !name.isEmpty());
    }
}

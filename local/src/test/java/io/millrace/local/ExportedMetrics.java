package io.millrace.local;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a scrape has: the labels of each metric by its name.
 *
 * @param labels
 *            by metric
 */
record ExportedMetrics(Map<String, Collection<String>> labels) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>[^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("(?<name>\\w+)=\"");

    static ExportedMetrics of(String scraped) {
        var labels = new TreeMap<String, Collection<String>>();
        SAMPLE.matcher(scraped).results().forEach(sample -> {
            var its = labels.computeIfAbsent(sample.group("name"), _ -> new TreeSet<>());
            String all = sample.group("labels");
            if (all != null) {
                LABEL.matcher(all).results().forEach(label -> its.add(label.group("name")));
            }
        });
        return new ExportedMetrics(labels);
    }
}

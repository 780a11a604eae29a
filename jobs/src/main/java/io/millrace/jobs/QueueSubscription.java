package io.millrace.jobs;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The queues a worker takes jobs from, each with how many of its jobs the worker runs at once.
 *
 * @param caps
 *            by the queues' names, in the order of the settings; empty for all queues without a cap
 */
record QueueSubscription(Map<String, Integer> caps) {

    static final QueueSubscription ALL = new QueueSubscription(Map.of());

    private static final Pattern ENTRY = Pattern.compile("(" + EnqueueOptions.QUEUE_NAME + ")(?:=([1-9][0-9]{0,3}))?");

    /**
     * Reads {@code mail=64} or {@code mail}; the latter has no cap of its own.
     *
     * @throws CannotStart
     *             naming the entry that is neither, or the queue that is there twice
     */
    static QueueSubscription of(Collection<String> entries) {
        var caps = new LinkedHashMap<String, Integer>();
        for (String entry : entries) {
            var parts = ENTRY.matcher(entry.strip());
            if (!parts.matches()) {
                throw refused("has " + entry, "Write each queue as its name or as name=cap, such as mail=64,files=2.");
            }
            int cap = parts.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(parts.group(2));
            if (caps.put(parts.group(1), cap) != null) {
                throw refused("names the queue " + parts.group(1) + " twice", "Leave one of them out.");
            }
        }
        return new QueueSubscription(Collections.unmodifiableMap(caps));
    }

    boolean isToAll() {
        return caps.isEmpty();
    }

    int cap(String queue) {
        return caps.getOrDefault(queue, Integer.MAX_VALUE);
    }

    private static CannotStart refused(String what, String remedy) {
        return new CannotStart("millrace.jobs.worker.queues " + what + ".", remedy, null);
    }
}

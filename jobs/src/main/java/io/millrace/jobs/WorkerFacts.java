package io.millrace.jobs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;

/**
 * What a worker says of itself when it starts.
 *
 * @param queues
 *            {@code mail} or {@code mail=64}
 */
record WorkerFacts(@Nullable String version, @Nullable String host, List<String> queues, int slots) {

    /** Of one that says nothing. */
    static final WorkerFacts NONE = new WorkerFacts(null, null, List.of(), 0);

    /** From the manifest of the jar that was started, where Boot looks. */
    private static final String APPLICATION_VERSION = "spring.application.version";

    static WorkerFacts of(JobWorkerProperties settings, Optional<BuildProperties> build, Environment environment) {
        return new WorkerFacts(version(settings, build, environment), hostName().orElse(null),
                QueueSubscription.of(settings.queues()).caps().entrySet().stream().map(WorkerFacts::text).toList(),
                settings.concurrency());
    }

    private static @Nullable String version(JobWorkerProperties settings, Optional<BuildProperties> build,
            Environment environment) {
        if (!settings.version().isEmpty()) {
            return settings.version();
        }
        var built = build.map(BuildProperties::getVersion).orElse(null);
        return built == null ? environment.getProperty(APPLICATION_VERSION) : built;
    }

    private static String text(Map.Entry<String, Integer> queue) {
        return queue.getKey() + (queue.getValue() == Integer.MAX_VALUE ? "" : "=" + queue.getValue());
    }

    static Optional<String> hostName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

package io.millrace.local.deployment;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** What the tests need of docker-compose.yml. */
record ComposeFile(Map<String, Service> services) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?<name>\\w+)(?::(?<kind>[-?])(?<text>[^}]*))?}");

    record Service(String image, @Nullable Build build, @Nullable Map<String, String> environment,
            @Nullable HealthCheck healthcheck, @Nullable List<String> ports,
            @JsonProperty("container_name") @Nullable String containerName) {

        Map<String, String> variables() {
            return environment == null ? Map.of() : environment;
        }
    }

    record Build(String dockerfile, Map<String, String> args) {
    }

    record HealthCheck(List<String> test) {
    }

    /** The services that are ours: those that are built. */
    Map<String, Service> applications() {
        return services.entrySet().stream().filter(service -> service.getValue().build() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** {@code value} as Compose would pass it on, where whoever starts it gave {@code given} for what has no default. */
    static String interpolated(String value, String given) {
        return VARIABLE.matcher(value).replaceAll(
                found -> Matcher.quoteReplacement("-".equals(found.group("kind"))
                        ? found.group("text")
                        : given));
    }

    /** The variables in {@code text} without which Compose refuses to start. */
    static List<String> required(String text) {
        return VARIABLE.matcher(text).results().filter(found -> "?".equals(found.group("kind")))
                .map(found -> found.group("name")).distinct().toList();
    }
}

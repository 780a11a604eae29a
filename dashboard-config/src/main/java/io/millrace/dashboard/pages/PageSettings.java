package io.millrace.dashboard.pages;

import java.util.Optional;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the pages lead to elsewhere.
 *
 * @param traceLink
 *            where a trace is shown, with {@code {traceId}} in it, such as {@code https://traces.example.org/trace/{traceId}}; empty for no
 *            link
 */
@Validated
@ConfigurationProperties("millrace.dashboard")
record PageSettings(
        @DefaultValue("") @Pattern(regexp = "|https?://\\S*\\{traceId}\\S*", message = "must be an http(s) address with {traceId} in it") String traceLink) {

    private static final java.util.regex.Pattern TRACE = java.util.regex.Pattern.compile("[0-9a-fA-F]{16,32}");

    /** Of a trace; empty if there is none, or nobody has said where traces are shown. */
    Optional<String> linkTo(@Nullable String traceId) {
        return traceLink.isEmpty() || traceId == null || !TRACE.matcher(traceId).matches()
                ? Optional.empty()
                : Optional.of(traceLink.replace("{traceId}", traceId));
    }
}

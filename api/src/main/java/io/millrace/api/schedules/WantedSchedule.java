package io.millrace.api.schedules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.jobs.ScheduleOptions;
import io.millrace.jobs.ScheduleOptions.MissedRuns;
import io.millrace.jobs.ScheduleOptions.Overlap;

/**
 * The body of {@code PUT /schedules/{id}}.
 *
 * @param cron
 *            either this or {@code every}
 * @param zone
 *            null for UTC; an interval is the same in every zone
 * @param missedRuns
 *            {@code once}, {@code skip} or {@code all}; null for {@code once}
 * @param overlap
 *            {@code allow} or {@code skip}; null for {@code allow}
 */
record WantedSchedule(@Nullable String cron, @Nullable Duration every, @Nullable String zone,
        @NotNull(message = "is missing") String type, @NotNull(message = "is missing") JsonNode payload,
        @Nullable Boolean paused, @Nullable String queue, @Nullable Integer priority, @Nullable Integer maxAttempts,
        @Nullable List<@NotNull(message = "must be a text") String> labels, @Nullable String missedRuns,
        @Nullable String overlap) {

    /** Ranges are the engine's own business. */
    ScheduleOptions options(Caller caller) {
        return new ScheduleOptions(cron, every, chosenZone(), Boolean.TRUE.equals(paused), queue, priority, maxAttempts,
                labels == null ? List.of() : labels, chosen("missedRuns", missedRuns, MissedRuns.ONCE),
                chosen("overlap", overlap, Overlap.ALLOW), caller.key());
    }

    private ZoneId chosenZone() {
        try {
            return ZoneId.of(zone == null ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw ProblemException.invalid("zone", "must be an IANA time zone such as Europe/Zurich");
        }
    }

    private static <E extends Enum<E>> E chosen(String field, @Nullable String word, E otherwise) {
        if (word == null) {
            return otherwise;
        }
        var words = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(words).filter(one -> word(one).equals(word)).findFirst()
                .orElseThrow(() -> ProblemException.invalid(field, "must be one of "
                        + String.join(", ", Arrays.stream(words).map(WantedSchedule::word).toList())));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

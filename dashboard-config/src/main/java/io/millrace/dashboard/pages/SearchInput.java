package io.millrace.dashboard.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.FailedJobs;
import io.millrace.jobs.JobFilter;
import io.millrace.jobs.JobStatus;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What somebody searches for, as it was typed: without the blanks around it, and null where nothing was.
 *
 * @param id
 *            of one job
 * @param from
 *            a date, or a date and a time, in UTC
 * @param before
 *            the same
 * @param exception
 *            of failed jobs that many are put back or deleted of at once; a search does not know it
 */
record SearchInput(@Nullable String id, @Nullable String type, @Nullable String queue, @Nullable String state,
        @Nullable String label, @Nullable String key, @Nullable String error, @Nullable String from,
        @Nullable String before, @Nullable String exception) {

    private static final String ID = "must be a job's whole id, such as 0198c5a4-7d1e-7c3b-9f43-2f6a1b5e8d90";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST = 255;
    private static final Map<String, Integer> LONGEST_OF = Map.of("label", 45, "queue", 63, "type", 100);

    /**
     * Those of the parameters that are known.
     *
     * @throws BadInput
     *             if one is too long or holds what the database cannot store
     */
    static SearchInput of(Map<String, String> parameters) {
        return new SearchInput(text(parameters, "id"), text(parameters, "type"), text(parameters, "queue"),
                text(parameters, "state"), text(parameters, "label"), text(parameters, "key"),
                text(parameters, "error"), text(parameters, "from"), text(parameters, "before"),
                text(parameters, "exception"));
    }

    private static @Nullable String text(Map<String, String> parameters, String name) {
        var text = parameters.getOrDefault(name, "").strip();
        return text.isEmpty() ? null : text;
    }

    /** What is given, by the names of the parameters. */
    Map<String, String> given() {
        var all = new LinkedHashMap<String, @Nullable String>();
        all.put("id", id);
        all.put("type", type);
        all.put("queue", queue);
        all.put("state", state);
        all.put("label", label);
        all.put("key", key);
        all.put("error", error);
        all.put("from", from);
        all.put("before", before);
        all.put("exception", exception);
        var given = new LinkedHashMap<String, String>();
        all.forEach((name, value) -> {
            if (value != null) {
                given.put(name, value);
            }
        });
        return given;
    }

    /** What is there now, where nothing is said of an end: what comes afterwards is not meant. */
    SearchInput until(Instant now) {
        return before != null
                ? this
                : new SearchInput(id, type, queue, state, label, key, error, from, MOMENT.format(now), exception);
    }

    /**
     * Before which time jobs are asked for; null if none is given.
     *
     * @throws BadInput
     *             if it is no time
     */
    @Nullable
    Instant end() {
        return before == null ? null : time("before", before);
    }

    /**
     * The one job that is asked for; null if none is.
     *
     * @throws BadInput
     *             if it is no id
     */
    @Nullable
    UUID job() {
        if (id == null) {
            return null;
        }
        try {
            var parsed = UUID.fromString(id);
            BadInput.check("id", id.length() == 36, ID);
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new BadInput("id", ID);
        }
    }

    /**
     * Which jobs are asked for, by when they were enqueued.
     *
     * @throws BadInput
     *             naming the field that cannot be meant
     */
    JobFilter filter() {
        check();
        return JobFilter.ALL.withState(stateOf(state)).withType(type).withQueue(queue).withLabel(label).withKey(key)
                .withError(error).withCreatedFrom(time("from", from)).withCreatedBefore(time("before", before));
    }

    /**
     * Which failed jobs are asked for, by when they failed.
     *
     * @throws BadInput
     *             naming the field that cannot be meant
     */
    FailedJobs failed() {
        check();
        return FailedJobs.ALL.withType(type).withQueue(queue).withLabel(label).withError(error).withException(exception)
                .withFailedFrom(time("from", from)).withFailedBefore(time("before", before));
    }

    private void check() {
        given().forEach((name, value) -> {
            int longest = LONGEST_OF.getOrDefault(name, LONGEST);
            BadInput.check(name, value.length() <= longest, "must be no longer than " + longest + " characters");
            BadInput.check(name, value.indexOf('\0') < 0 && value.equals(new String(value.getBytes(UTF_8), UTF_8)),
                    "holds characters that no job has; type it anew");
        });
        var first = time("from", from);
        var end = time("before", before);
        BadInput.check("before", first == null || end == null || end.isAfter(first),
                "must be later than the beginning, " + from);
    }

    private static JobStatus.@Nullable State stateOf(@Nullable String state) {
        if (state == null) {
            return null;
        }
        return Arrays.stream(JobStatus.State.values()).filter(one -> one.name().equals(state.toUpperCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new BadInput("state", "must be one of " + Arrays
                        .stream(JobStatus.State.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var zoneless = text.endsWith("Z") || text.endsWith("z") ? text.substring(0, text.length() - 1) : text;
            var local = zoneless.length() == 10
                    ? LocalDate.parse(zoneless).atStartOfDay()
                    : LocalDateTime.parse(zoneless.replace(' ', 'T'));
            BadInput.check(field, local.getYear() >= 2000 && local.getYear() < 10_000, "must be after the year 2000");
            return local.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new BadInput(field, "must be a date and a time in UTC, such as 2026-11-26 16:05 or 2026-11-26");
        }
    }
}

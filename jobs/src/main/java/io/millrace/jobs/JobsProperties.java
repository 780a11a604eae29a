package io.millrace.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the engine that every process shares.
 *
 * @param schema
 *            the Postgres schema that holds the engine's tables, its migrations' history included
 * @param packages
 *            where {@link JobType} records are looked for, sub-packages included; empty: the application's own packages
 * @param resultTtl
 *            how long a result is kept where its job type does not say
 * @param idempotencyTtl
 *            how long an idempotency key stands for the job that came with it first
 * @param wakeUps
 *            whether workers are told of new work by NOTIFY and LISTEN. Without, which a connection pooler in transaction mode
 *            asks for, they find it at their next poll; the same in every process
 * @param types
 *            what operators want otherwise for a job type, by its name; the same in every process
 */
@Validated
@ConfigurationProperties("millrace.jobs")
record JobsProperties(@DefaultValue("millrace_jobs") @Pattern(regexp = "[a-z_][a-z0-9_]{0,62}") String schema,
        @DefaultValue List<String> packages,
        @DefaultValue("PT24H") @NotNull @DurationMin(seconds = 1) Duration resultTtl,
        @DefaultValue("PT24H") @NotNull @DurationMin(seconds = 1) Duration idempotencyTtl,
        @DefaultValue("true") boolean wakeUps, @DefaultValue Map<String, @Valid TypeSettings> types) {

    TypeSettings typeSettings(String type) {
        return types.entrySet().stream().filter(entry -> plain(entry.getKey()).equals(plain(type)))
                .map(Map.Entry::getValue).findFirst().orElse(TypeSettings.NONE);
    }

    /** The names there are settings for that are none of {@code known}, as they are written. */
    List<String> typesOtherThan(Collection<String> known) {
        var plain = known.stream().map(JobsProperties::plain).toList();
        return types.keySet().stream().filter(type -> !plain.contains(plain(type))).sorted().toList();
    }

    /** An environment variable's name has no hyphens: MILLRACE_JOBS_TYPES_SENDEMAIL_RESULTTTL is of send-email. */
    private static String plain(String type) {
        return type.replace("-", "");
    }

    /**
     * Null leaves what the annotation says. The process that enqueues reads {@code maxAttempts}, the one that runs the job
     * the rest, so it belongs into the settings of all of them.
     */
    record TypeSettings(@Nullable @Min(1) @Max(100) Integer maxAttempts,
            @Nullable @DurationMin(millis = 1) Duration backOff,
            @Nullable @DurationMin(millis = 1) Duration maxBackOff,
            @Nullable @DurationMin(seconds = 1) Duration resultTtl,
            @Nullable @DurationMin(millis = 1) Duration timeLimit,
            @Nullable @DurationMin(millis = 1) Duration interruptGrace) {

        static final TypeSettings NONE = new TypeSettings(null, null, null, null, null, null);
    }
}

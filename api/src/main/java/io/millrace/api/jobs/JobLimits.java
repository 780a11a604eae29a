package io.millrace.api.jobs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.springframework.stereotype.Component;

/** What a job may have at most, however it comes in. */
@Component
public final class JobLimits {

    private final JobsSettings settings;

    JobLimits(JobsSettings settings) {
        this.settings = settings;
    }

    /**
     * Says nothing about what is within them.
     *
     * @throws io.millrace.api.http.ProblemException
     *             413 of kind {@code payload-too-large}, 400 of kind {@code label-limit}
     */
    public void check(JobBody job) {
        brokenBy(job).ifPresent(refusal -> {
            throw refusal.problem();
        });
    }

    Optional<Refusal> brokenBy(JobBody job) {
        long most = settings.maxPayload().toBytes();
        if (job.payload().toString().getBytes(StandardCharsets.UTF_8).length > most) {
            return Optional.of(Refusal.payloadTooLarge(most));
        }
        var labels = job.labels();
        if (labels != null && (labels.size() > settings.maxLabels()
                || labels.stream()
                        .anyMatch(label -> label.codePointCount(0, label.length()) > settings.maxLabelLength()))) {
            return Optional.of(Refusal.labelLimit(settings.maxLabels(), settings.maxLabelLength()));
        }
        return Optional.empty();
    }
}

package io.millrace.core.http;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.WebhookDelivery;
import io.millrace.jobs.json.StrictValues;

/** What is told of a job's end. */
@Component
final class WebhookNews implements WebhookDelivery {

    /** Of an error's message: the rest is read where the job is. */
    private static final int LONGEST_MESSAGE = 2000;

    private final Clock clock;

    WebhookNews(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Job<?> of(JobStatus ended, String url) {
        var at = Optional.ofNullable(ended.finishedAt()).orElseGet(clock::instant);
        // Of a success or a cancelled job it would be an earlier attempt's.
        var error = ended.state() == JobStatus.State.FAILED ? ended.error() : null;
        return new DeliverWebhook(url, "job." + ended.state().name().toLowerCase(Locale.ROOT), at,
                new DeliverWebhook.Ended(ended.id(), ended.type(), ended.queue(), ended.state().name(), ended.attempt(),
                        ended.labels(), ended.finishedAt(),
                        error == null
                                ? null
                                : new DeliverWebhook.Reason(storable(error.type()),
                                        storable(shortened(error.message())))));
    }

    /** What cannot be stored cannot be enqueued: U+0000, and half a surrogate pair. */
    private static String storable(String text) {
        return StrictValues.isStorable(text)
                ? text
                : text.codePoints()
                        .map(point -> point == 0 || Character.getType(point) == Character.SURROGATE ? '\uFFFD' : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String shortened(String message) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        // Not through the middle of a character.
        int end = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1))
                ? LONGEST_MESSAGE - 1
                : LONGEST_MESSAGE;
        return message.substring(0, end);
    }
}

package io.millrace.api.jobs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

import io.millrace.api.http.ProblemException;

/**
 * Bounds the memory that bodies of single jobs take up. First, as bytes, while they come in: so many at once, none longer than a job
 * can be, none for longer than it may take. Then, as JSON, which is far larger, until their requests have been answered: so many
 * bytes of them together, however many they are. Slow clients hold the former only.
 */
@RestControllerAdvice
final class JobBodies extends RequestBodyAdviceAdapter {

    private static final String HELD = JobBodies.class.getName();
    private static final long LONGEST_WAIT_SECONDS = 1;

    private final JobsSettings settings;
    private final BodyIntake intake;
    private final Semaphore comingIn;
    private final int mostHeld;
    private final Semaphore held;

    JobBodies(JobsSettings settings, ReceivingSettings receiving) {
        this.settings = settings;
        this.intake = new BodyIntake(settings.longestJob(), receiving.longestJob());
        this.comingIn = new Semaphore(settings.enqueuesAtOnce());
        this.mostHeld = Math.toIntExact(receiving.maxHeld().toBytes());
        // In their order, so that small ones do not keep a large one waiting.
        this.held = new Semaphore(mostHeld, true);
    }

    @Override
    public boolean supports(MethodParameter parameter, Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType) {
        return targetType instanceof Class<?> type && JobBody.class.isAssignableFrom(type);
    }

    @Override
    public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType) throws IOException {
        if (!comingIn.tryAcquire()) {
            throw tooMany();
        }
        try {
            var bytes = new ByteArrayOutputStream(1024);
            intake.copy(message.getBody(), message.getHeaders().getContentLength(), bytes);
            hold(bytes.size());
            return new Received(message.getHeaders(), bytes.toByteArray());
        } finally {
            comingIn.release();
        }
    }

    /** What is not held. */
    int free() {
        return held.availablePermits();
    }

    private void hold(int bytes) {
        int part = Math.min(bytes, mostHeld);
        try {
            if (!held.tryAcquire(part, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        RequestContextHolder.currentRequestAttributes().registerDestructionCallback(HELD, () -> held.release(part),
                RequestAttributes.SCOPE_REQUEST);
    }

    private ProblemException tooMany() {
        return ProblemException.overloaded("As many jobs as can be taken in at once are coming in.",
                settings.retryAfter());
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Received(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}

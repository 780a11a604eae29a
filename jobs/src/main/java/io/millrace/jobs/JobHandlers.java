package io.millrace.jobs;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;

/** The handlers of this process, by job type; a second one for the same type refuses to start. */
final class JobHandlers {

    private final Map<String, Registered<?, ?>> byType = new HashMap<>();

    JobHandlers(Collection<JobHandler<?, ?>> handlers, JobTypes types) {
        for (JobHandler<?, ?> handler : handlers) {
            var registered = registered(handler, types);
            var other = byType.putIfAbsent(registered.type().name(), registered);
            if (other != null) {
                throw new IllegalStateException("job type " + registered.type().name() + " has two handlers, "
                        + AopUtils.getTargetClass(other.handler()).getName() + " and "
                        + AopUtils.getTargetClass(handler).getName() + ": remove one");
            }
        }
    }

    /** Of the handler of a type; empty if this process has none. */
    Optional<RetryPolicy> retryPolicy(String type) {
        return Optional.ofNullable(byType.get(type)).map(Registered::retryPolicy);
    }

    Registered<?, ?> named(String type) {
        var handler = byType.get(type);
        if (handler == null) {
            throw new PermanentFailure("no handler for job type " + type
                    + " in the worker that took it; start a worker that has one, then retry");
        }
        return handler;
    }

    @SuppressWarnings("unchecked") // the handler's own generics say which record it takes
    private static <J extends Job<R>, R> Registered<J, R> registered(JobHandler<?, ?> handler, JobTypes types) {
        Class<?> payloadType = ResolvableType.forClass(AopUtils.getTargetClass(handler)).as(JobHandler.class)
                .getGeneric(0).resolve();
        if (payloadType == null) {
            throw new IllegalStateException(AopUtils.getTargetClass(handler).getName()
                    + " must name its job record: implements JobHandler<TheJob, TheResult>");
        }
        return new Registered<>(types.of(payloadType), (Class<J>) payloadType, (JobHandler<J, R>) handler,
                policyOf(handler));
    }

    /** One that needs the application's transactions, if there is any. */
    Optional<String> anyTransactional() {
        return byType.values().stream().filter(Registered::isTransactional)
                .map(one -> AopUtils.getTargetClass(one.handler()).getName()).sorted().findFirst();
    }

    private static RetryPolicy policyOf(JobHandler<?, ?> handler) {
        try {
            return Objects.requireNonNull(handler.retryPolicy(), "it is null");
        } catch (RuntimeException e) {
            throw new IllegalStateException(AopUtils.getTargetClass(handler).getName() + " has no usable retry policy: "
                    + e.getMessage(), e);
        }
    }

    record Registered<J extends Job<R>, R>(JobDescriptor type, Class<J> payloadType, JobHandler<J, R> handler,
            RetryPolicy retryPolicy) {

        boolean isTransactional() {
            return handler instanceof TransactionalJobHandler;
        }

        R handle(J job, JobExecution execution) throws Exception {
            try {
                return handler.handle(job, execution);
            } catch (Error e) {
                throw new IllegalStateException("the handler failed with " + e.getClass().getName(), e);
            }
        }
    }
}

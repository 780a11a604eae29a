package io.millrace.jobs;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
        return new Registered<>(types.of(payloadType), (Class<J>) payloadType, (JobHandler<J, R>) handler);
    }

    /** One that needs the application's transactions, if there is any. */
    Optional<String> anyTransactional() {
        return byType.values().stream().filter(Registered::isTransactional)
                .map(one -> AopUtils.getTargetClass(one.handler()).getName()).sorted().findFirst();
    }

    record Registered<J extends Job<R>, R>(JobDescriptor type, Class<J> payloadType, JobHandler<J, R> handler) {

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

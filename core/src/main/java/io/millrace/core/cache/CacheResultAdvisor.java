package io.millrace.core.cache;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcutAdvisor;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts the cache in front of each method with {@link CacheResult}, outside of its transaction: what a load reads must be
 * newer than its lookup. A method that cannot be cached as it says refuses to start.
 */
final class CacheResultAdvisor extends StaticMethodMatcherPointcutAdvisor {

    private static final long serialVersionUID = 1;

    private final transient Map<Method, CachedMethod> methods = new ConcurrentHashMap<>();
    private final transient Map<String, CachedMethod> byPrefix = new ConcurrentHashMap<>();

    /**
     * @param parts
     *            what the advice needs, asked for at the first call: an advisor is made before ordinary beans
     */
    CacheResultAdvisor(Supplier<Parts> parts) {
        setAdvice(new Advice(parts));
        setOrder(Ordered.HIGHEST_PRECEDENCE + 1_000);
    }

    @Override
    public boolean matches(Method method, Class<?> targetClass) {
        var specific = AopUtils.getMostSpecificMethod(method, targetClass);
        var annotation = specific.getAnnotation(CacheResult.class);
        if (annotation == null) {
            return false;
        }
        methods.computeIfAbsent(specific, same -> alone(CachedMethod.of(same, annotation)));
        return true;
    }

    private CachedMethod alone(CachedMethod cached) {
        var other = byPrefix.putIfAbsent(cached.prefix(), cached);
        if (other != null && !other.method().equals(cached.method())) {
            throw new IllegalStateException("two cached methods have the prefix " + cached.prefix() + ": "
                    + other.method() + " and " + cached.method());
        }
        return cached;
    }

    record Parts(TwoLevelCache cache, JsonMapper json, MeterRegistry meters) {
    }

    private final class Advice implements MethodInterceptor {

        private final Supplier<Parts> parts;
        private final Map<Method, Entrance> entrances = new ConcurrentHashMap<>();

        Advice(Supplier<Parts> parts) {
            this.parts = parts;
        }

        @Override
        public @Nullable Object invoke(MethodInvocation call) throws Throwable {
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                return call.proceed();
            }
            var known = entrances.get(call.getMethod());
            return (known == null ? entrance(call) : known).pass(call);
        }

        private Entrance entrance(MethodInvocation call) {
            var target = call.getThis() == null ? call.getMethod().getDeclaringClass() : call.getThis().getClass();
            var method = AopUtils.getMostSpecificMethod(call.getMethod(), target);
            return entrances.computeIfAbsent(call.getMethod(), same -> entrance(method));
        }

        private Entrance entrance(Method method) {
            var cached = methods.get(method);
            if (cached == null) {
                throw new IllegalStateException(method + " was never matched");
            }
            return new Entrance(cached, parts.get());
        }
    }

    /** The way into the cache for one method. */
    private static final class Entrance {

        private final CachedMethod method;
        private final TwoLevelCache cache;
        private final ValueFormat format;
        private final Timer loads;
        private final Map<CacheOutcome, Counter> outcomes = new EnumMap<>(CacheOutcome.class);

        Entrance(CachedMethod method, Parts parts) {
            this.method = method;
            this.cache = parts.cache();
            this.format = ValueFormat.of(method.method().getGenericReturnType(), parts.json());
            this.loads = Timer.builder("millrace.cache.loads").description("Loads of what was in neither level")
                    .tag("cache", method.prefix()).register(parts.meters());
            for (var outcome : CacheOutcome.values()) {
                outcomes.put(outcome, Counter.builder("millrace.cache.requests").description("Where answers came from")
                        .tag("cache", method.prefix()).tag("outcome", outcome.text())
                        .register(parts.meters()));
            }
        }

        @Nullable
        Object pass(MethodInvocation call) throws Throwable {
            var arguments = call.getArguments();
            var wanted = new TwoLevelCache.Wanted(method.key(arguments), method.tags(arguments), method.expiry(),
                    format);
            var loaded = cache.get(wanted, () -> load(call));
            var counter = outcomes.get(loaded.from());
            if (counter != null) {
                counter.increment();
            }
            CacheOutcomes.tell(loaded.from());
            return loaded.value();
        }

        private @Nullable Object load(MethodInvocation call) throws Exception {
            long before = System.nanoTime();
            try {
                return call.proceed();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            } finally {
                loads.record(Duration.ofNanos(System.nanoTime() - before));
            }
        }
    }
}

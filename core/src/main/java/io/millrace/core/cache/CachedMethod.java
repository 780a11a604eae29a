package io.millrace.core.cache;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** A method's {@link CacheResult}, read and checked once. */
record CachedMethod(Method method, String prefix, int version, Duration expiry, List<TagTemplate> tags) {

    /** Of any entry. */
    static final Duration LONGEST_EXPIRY = Duration.ofHours(24);

    /**
     * @throws IllegalStateException
     *             if the annotation does not fit the method; it names the method and what is wrong
     */
    static CachedMethod of(Method method, CacheResult annotation) {
        var parameters = Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
        check(method, annotation.prefix().matches("[a-z][a-z0-9-]{0,59}"),
                "its prefix needs lower case letters, digits and hyphens");
        check(method, method.getReturnType() != void.class, "it returns nothing");
        check(method, ValueFormat.canRead(ResolvableType.forMethodReturnType(method)),
                "ReadyJson cannot be read back from within another type");
        check(method, !Modifier.isFinal(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers()),
                "no proxy can stand before a final or private method");
        check(method, Arrays.stream(method.getParameterTypes()).allMatch(CacheKey::hasText),
                "a parameter is no text, whole number, boolean, enum, UUID or CacheArgument");
        var expiry = expiry(method, annotation);
        check(method, expiry.isPositive() && expiry.compareTo(LONGEST_EXPIRY) <= 0,
                "its expiry must be more than nothing and at most " + LONGEST_EXPIRY);
        return new CachedMethod(method, annotation.prefix(), annotation.version(), expiry,
                Arrays.stream(annotation.tags()).map(tag -> template(method, tag, parameters)).toList());
    }

    String key(@Nullable Object... arguments) {
        return CacheKey.of(prefix, version, arguments);
    }

    Set<String> tags(@Nullable Object... arguments) {
        return switch (tags.size()) {
            case 0 -> Set.of();
            case 1 -> Set.of(tags.getFirst().with(arguments));
            default -> tags.stream().map(tag -> tag.with(arguments)).collect(Collectors.toUnmodifiableSet());
        };
    }

    private static TagTemplate template(Method method, String tag, List<String> parameters) {
        try {
            return TagTemplate.of(tag, parameters);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(problem(method, String.valueOf(e.getMessage())), e);
        }
    }

    private static Duration expiry(Method method, CacheResult annotation) {
        try {
            return Duration.parse(annotation.expiry());
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(problem(method, annotation.expiry() + " is no ISO 8601 duration"), e);
        }
    }

    private static void check(Method method, boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException(problem(method, problem));
        }
    }

    private static String problem(Method method, String problem) {
        return method.getDeclaringClass().getName() + "." + method.getName() + " cannot be cached: " + problem;
    }
}

package io.millrace.core.cache;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A method's {@link CacheResult}, read and checked once. */
record CachedMethod(Method method, String prefix, int version, Duration expiry, List<String> tags) {

    /** Of any entry. */
    static final Duration LONGEST_EXPIRY = Duration.ofHours(24);

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)}");

    /**
     * @throws IllegalStateException
     *             if the annotation does not fit the method; it names the method and what is wrong
     */
    static CachedMethod of(Method method, CacheResult annotation) {
        var parameters = Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
        var unknown = Arrays.stream(annotation.tags()).flatMap(tag -> ARGUMENT.matcher(tag).results())
                .map(found -> found.group(1)).filter(name -> !parameters.contains(name)).toList();
        check(method, unknown.isEmpty(), "its tags name " + unknown + ", and its parameters are " + parameters);
        check(method, annotation.prefix().matches("[a-z][a-z0-9-]{0,59}"),
                "its prefix needs lower case letters, digits and hyphens");
        check(method, method.getReturnType() != void.class, "it returns nothing");
        check(method, !Modifier.isFinal(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers()),
                "no proxy can stand before a final or private method");
        check(method, Arrays.stream(method.getParameterTypes()).allMatch(CacheKey::hasText),
                "a parameter is no text, whole number, boolean, enum, UUID or CacheArgument");
        var expiry = expiry(method, annotation);
        check(method, expiry.isPositive() && expiry.compareTo(LONGEST_EXPIRY) <= 0,
                "its expiry must be more than nothing and at most " + LONGEST_EXPIRY);
        return new CachedMethod(method, annotation.prefix(), annotation.version(), expiry, List.of(annotation.tags()));
    }

    String key(@Nullable Object... arguments) {
        return CacheKey.of(prefix, version, arguments);
    }

    Set<String> tags(@Nullable Object... arguments) {
        return tags.stream().map(tag -> ARGUMENT.matcher(tag)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(text(found.group(1), arguments))))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String text(String parameter, @Nullable Object... arguments) {
        var parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getName().equals(parameter)) {
                return CacheKey.text(arguments[i]);
            }
        }
        throw new IllegalStateException(method + " has no parameter " + parameter);
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

package io.millrace.core.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a value is kept under: {@code prefix:v1:argument:argument}. It depends on the arguments' values alone, never on hash
 * codes or addresses, so it is the same in every process and after every restart.
 */
final class CacheKey {

    private static final int LONGEST = 200;

    private CacheKey() {
    }

    /**
     * The key of one call.
     *
     * @throws IllegalArgumentException
     *             if an argument has no text of its own: only texts, whole numbers, booleans, enums, UUIDs, {@link CacheArgument}s and null have
     */
    static String of(String prefix, int version, @Nullable Object... arguments) {
        String scope = prefix + ":v" + version;
        var key = new StringBuilder(scope);
        for (var argument : arguments) {
            key.append(':').append(text(argument));
        }
        return key.length() <= LONGEST ? key.toString() : scope + ":sha256-" + digest(key.toString());
    }

    /** Whether {@link #text} takes every value of a type. */
    static boolean hasText(Class<?> type) {
        return Set.of(String.class, UUID.class, Integer.class, int.class, Long.class, long.class, Boolean.class,
                boolean.class).contains(type) || type.isEnum() || CacheArgument.class.isAssignableFrom(type);
    }

    /** An argument as it stands in keys and tags; different values have different texts. */
    static String text(@Nullable Object argument) {
        return switch (argument) {
            case null -> "~";
            case String text -> escaped(text);
            case Enum<?> constant -> constant.name();
            case UUID id -> id.toString();
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Boolean flag -> flag.toString();
            case CacheArgument other -> escaped(other.cacheText());
            default -> throw new IllegalArgumentException(
                    "a cached method takes texts, whole numbers, booleans, enums and UUIDs, but not "
                            + argument.getClass().getName());
        };
    }

    /** So that no text can pose as null, as two arguments or as a pattern. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if ((b > 0 && Character.isLetterOrDigit(b)) || "-_.@".indexOf(b) >= 0) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    private static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

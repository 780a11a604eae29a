package io.millrace.api.keys;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.millrace.api.http.Scope;

/** What a command line asks for. */
sealed interface KeysAction {

    /** A new key. */
    record Create(NewApiKey key) implements KeysAction {
    }

    /** A line per key. */
    record Show() implements KeysAction {
    }

    /** A new text for a key. */
    record Rotate(String id, Duration overlap) implements KeysAction {
    }

    /** The end of a key. */
    record Revoke(String id) implements KeysAction {
    }

    /**
     * Reads it.
     *
     * @throws Misuse
     *             if that is nothing that can be done
     */
    static KeysAction of(CommandArguments arguments) {
        String verb = arguments.words().isEmpty() ? "" : arguments.words().getFirst();
        return switch (verb) {
            case "create" -> {
                arguments.allow(1, Set.of("name", "scopes", "job-types", "queues", "rate", "quota", "expires-at"));
                yield new Create(newKey(arguments));
            }
            case "list" -> {
                arguments.allow(1, Set.of());
                yield new Show();
            }
            case "rotate" -> {
                arguments.allow(2, Set.of("overlap"));
                yield new Rotate(arguments.words().get(1), new Rotation(
                        value(arguments, "overlap", Duration::parse, "an ISO 8601 duration such as PT1H"))
                        .overlapOrUsual());
            }
            case "revoke" -> {
                arguments.allow(2, Set.of());
                yield new Revoke(arguments.words().get(1));
            }
            default -> throw new Misuse("Say what to do with keys: create, list, rotate or revoke.");
        };
    }

    private static NewApiKey newKey(CommandArguments arguments) {
        String name = arguments.option("name").orElseThrow(() -> new Misuse("--name is missing."));
        List<Scope> scopes = arguments.listOption("scopes").stream().map(text -> Scope.of(text)
                .orElseThrow(() -> new Misuse("--scopes must be of enqueue, read and operate."))).toList();
        return new NewApiKey(name, scopes, arguments.listOption("job-types"), arguments.listOption("queues"),
                value(arguments, "rate", KeysAction::rate, "requests/duration such as 100/PT1M"),
                value(arguments, "quota", KeysAction::quota, "bytes/duration such as 500MB/P1D"),
                value(arguments, "expires-at", Instant::parse, "an RFC 3339 time such as 2027-01-31T12:00:00Z"));
    }

    private static RateLimit rate(String text) {
        String[] parts = halves(text);
        return new RateLimit(Long.parseLong(parts[0]), Duration.parse(parts[1]));
    }

    private static Quota quota(String text) {
        String[] parts = halves(text);
        return new Quota(DataSize.parse(parts[0]).toBytes(), Duration.parse(parts[1]));
    }

    private static String[] halves(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not two halves");
        }
        return parts;
    }

    private static <T> @Nullable T value(CommandArguments arguments, String name, Function<String, T> read,
            String form) {
        String text = arguments.option(name).orElse(null);
        try {
            return text == null ? null : read.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Misuse("--" + name + " must be " + form + ".");
        }
    }
}

package io.millrace.worker.users;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import io.millrace.core.mail.EmailAddress;
import io.millrace.core.users.FullName;
import io.millrace.jobs.json.StrictValues;

/**
 * Whether a row can be a user, by the constraints of {@code POST /users}. What is plainly in order, as nearly all is, is seen
 * without asking the validator, which costs more.
 */
final class CheckUser {

    private static final String UNREADABLE = "\uFFFD";
    private static final int MAX_ADDRESS = 254;
    private static final int MAX_LOCAL = 64;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NAME = 200;

    private final Validator validator;

    CheckUser(Validator validator) {
        this.validator = validator;
    }

    /** What is wrong, field by field; null if nothing is. */
    @Nullable
    String problem(UserFields fields) {
        if (fields.problem() != null) {
            return fields.problem();
        }
        String email = missingIfEmpty(fields.email());
        String fullName = missingIfEmpty(fields.fullName());
        if (email != null && fullName != null && isPlainAddress(email) && isPlainName(fullName)) {
            return null;
        }
        if (isUnreadable(email) || isUnreadable(fullName)) {
            return "a character of email or fullName cannot be read: save the file as UTF-8";
        }
        String problems = Stream.concat(problems("email", email), problems("fullName", fullName))
                .collect(Collectors.joining("; "));
        return problems.isEmpty() ? null : problems;
    }

    private Stream<String> problems(String field, @Nullable String value) {
        return validator.validateValue(Candidate.class, field, value).stream()
                .map(violation -> field + " " + violation.getMessage()).sorted();
    }

    /** Whether it is of dots, digits, hyphens and letters without accents, where these may stand: a part of what is valid. */
    static boolean isPlainAddress(String address) {
        int at = address.indexOf('@');
        return address.length() <= MAX_ADDRESS && at > 0 && at <= MAX_LOCAL && isPlain(address, 0, at, true)
                && isPlain(address, at + 1, address.length(), false);
    }

    /** Words with a dot between each two. */
    private static boolean isPlain(String text, int from, int to, boolean local) {
        int word = from;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (i == word || text.charAt(i - 1) == '-') {
                    return false;
                }
                word = i + 1;
            } else if (!isAsciiLetterOrDigit(c) && !(i > word && c == '-' && text.charAt(i - 1) != '-')
                    && !(local && (c == '_' || c == '+'))) {
                return false;
            }
            if (i - word >= MAX_LABEL) {
                return false;
            }
        }
        return word < to && text.charAt(to - 1) != '-';
    }

    /** Whether it is of letters, digits and what stands between them in names: a part of what is valid. */
    static boolean isPlainName(String name) {
        boolean any = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                any = true;
            } else if (c != ' ' && c != '-' && c != '\'' && c != '.' && c != ',') {
                return false;
            }
        }
        return any && name.length() <= MAX_NAME;
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isUnreadable(@Nullable String text) {
        return text != null && (text.contains(UNREADABLE) || !StrictValues.isStorable(text));
    }

    private static @Nullable String missingIfEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** As {@code POST /users} takes them. */
    record Candidate(@NotNull(message = "is missing") @EmailAddress String email,
            @NotNull(message = "is missing") @FullName String fullName) {
    }
}

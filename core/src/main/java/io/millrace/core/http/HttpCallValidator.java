package io.millrace.core.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says of each field of an {@link HttpCall} what is wrong with it. Public only because the validator makes it by reflection. */
public final class HttpCallValidator implements ConstraintValidator<HttpCallRules, HttpCall> {

    private static final int MOST_HEADERS = 30;
    private static final int LARGEST_BODY = 100_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** RFC 9110: a token, and text of one line without space around it. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[!-~]([\\t -~]{0,4094}[!-~])?|");
    private static final Set<String> CARRYING = Set.of("host", "content-length", "connection", "keep-alive", "te",
            "trailer", "transfer-encoding", "upgrade", "expect", "accept-encoding", "http2-settings");

    /** For the validator. */
    public HttpCallValidator() {
    }

    @Override
    public boolean isValid(HttpCall call, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        boolean valid = says("url", ofUrl(call.url()), context);
        valid &= says("headers", ofHeaders(call.headersOrNone()), context);
        valid &= says("body", ofBody(call), context);
        valid &= says("timeout", ofTimeout(call.timeoutOrUsual()), context);
        return valid;
    }

    private static boolean says(String field, @Nullable String complaint, ConstraintValidatorContext context) {
        if (complaint != null) {
            context.buildConstraintViolationWithTemplate(complaint).addPropertyNode(field).addConstraintViolation();
        }
        return complaint == null;
    }

    private static @Nullable String ofUrl(@Nullable String url) {
        try {
            if (url != null) {
                HttpTarget.of(url);
            }
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String ofHeaders(Map<String, String> headers) {
        if (headers.size() > MOST_HEADERS) {
            return "must be at most " + MOST_HEADERS;
        }
        var names = new HashSet<String>();
        for (var header : headers.entrySet()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches() || header.getValue() == null
                    || !VALUE.matcher(header.getValue()).matches()) {
                return "must each be a name of at most 100 characters and a text of at most 4096, in ASCII and one line";
            }
            if (CARRYING.contains(name) || name.startsWith("webhook-") || name.startsWith("proxy-")) {
                return "must not say how the request is carried or signed: leave out Host, Content-Length, Connection,"
                        + " Accept-Encoding and their like, proxy-* and webhook-*";
            }
            if (!names.add(name)) {
                return "must not name one header twice";
            }
        }
        return null;
    }

    private static @Nullable String ofBody(HttpCall call) {
        if (call.body() == null) {
            return null;
        }
        if (call.methodOrPost() == HttpCall.Method.GET) {
            return "must not be there with GET";
        }
        if (!isFinite(call.body())) {
            return "must not contain a number beyond those of IEEE 754";
        }
        return call.body().toString().length() > LARGEST_BODY
                ? "must be at most " + LARGEST_BODY + " characters of JSON"
                : null;
    }

    private static boolean isFinite(JsonNode node) {
        if (node.isContainer()) {
            return node.valueStream().allMatch(HttpCallValidator::isFinite);
        }
        return !node.isFloatingPointNumber()
                || Double.isFinite(node.isBigDecimal() ? node.decimalValue().doubleValue() : node.doubleValue());
    }

    private static @Nullable String ofTimeout(Duration timeout) {
        return timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0
                ? "must be from " + SHORTEST + " to " + LONGEST
                : null;
    }
}

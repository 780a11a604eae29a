package io.millrace.worker.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import io.millrace.jobs.json.StrictValues;

/** The body of an answer as a job's result holds it. */
final class AnswerBody {

    private static final Pattern JSON = Pattern.compile("application/json|[a-z0-9.+-]+/[a-z0-9.+-]+\\+json");
    private static final Pattern TEXT = Pattern
            .compile("text/.*|application/xml|.*\\+xml|application/x-www-form-urlencoded|application/javascript");
    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]+)\"?",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_TYPE = 255;
    private static final JsonMapper MAPPER = mapper();

    private AnswerBody() {
    }

    /** JSON, text, or null for what is neither. */
    static @Nullable JsonNode of(Answer answer) {
        var type = answer.contentType() == null ? "" : answer.contentType();
        var media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean json = JSON.matcher(media).matches();
        if (answer.body().length == 0 || (!json && !media.isEmpty() && !TEXT.matcher(media).matches())) {
            return null;
        }
        // With a replacement for what is no character, so that the text can be stored.
        var text = new String(answer.body(), charset(type));
        var tree = json && !answer.truncated() ? tree(text) : null;
        return tree == null ? StringNode.valueOf(text.replace("\0", "\uFFFD")) : tree;
    }

    /** Null where it is too long to be one, or more than one line. */
    static @Nullable String typeOf(Answer answer) {
        var type = answer.contentType();
        return type == null || type.length() > LONGEST_TYPE || !type.chars().allMatch(c -> c >= ' ' && c < 127)
                ? null
                : type;
    }

    private static @Nullable JsonNode tree(String text) {
        if (StrictValues.findHugeNumber(text).isPresent()) {
            return null;
        }
        try {
            var tree = MAPPER.readTree(text);
            // An escaped half of a surrogate pair is JSON, but no text that a database takes.
            return tree.isMissingNode() || !StrictValues.isStorable(tree.toString()) ? null : tree;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static JsonMapper mapper() {
        var mapper = JsonMapper.builder();
        StrictValues.teach(mapper);
        return mapper.build();
    }

    private static Charset charset(String type) {
        var named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}

package io.millrace.worker.users;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON object a line; members other than {@code email} and {@code fullName} are passed over. */
final class UserMembers implements UserFormat {

    private static final UserFields NO_OBJECT = UserFields
            .unreadable("the line is not one JSON object such as {\"email\": \"…\", \"fullName\": \"…\"}");

    private final JsonFactory json = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public UserFields read(RowText row) {
        try (var parser = json.createParser(ObjectReadContext.empty(), row.buffer(), row.start(), row.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NO_OBJECT;
            }
            var fields = members(parser);
            boolean ends = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return ends ? fields : NO_OBJECT;
        } catch (JacksonException e) {
            return NO_OBJECT;
        }
    }

    private static UserFields members(JsonParser parser) {
        String email = null;
        String fullName = null;
        String problem = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            if (name.equals("email") || name.equals("fullName")) {
                if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
                    problem = name + " must be a string";
                } else if (name.equals("email")) {
                    email = text(parser);
                } else {
                    fullName = text(parser);
                }
            }
            parser.skipChildren();
        }
        return new UserFields(email, fullName, problem);
    }

    private static @Nullable String text(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString().strip();
    }
}

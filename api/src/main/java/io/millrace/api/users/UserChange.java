package io.millrace.api.users;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;
import io.millrace.core.mail.EmailAddress;

/**
 * The body of {@code PATCH /users/{id}}: what is left out stays as it is, and null is refused. No record, because Jackson
 * cannot tell null from absent in a constructor.
 */
final class UserChange {

    @JsonProperty
    @JsonSetter(nulls = Nulls.FAIL)
    @EmailAddress
    private @Nullable String email;

    @JsonProperty
    @JsonSetter(nulls = Nulls.FAIL)
    @FullName
    private @Nullable String fullName;

    @Nullable
    String email() {
        return email;
    }

    @Nullable
    String fullName() {
        return fullName;
    }

    void requireSomething() {
        if (email == null && fullName == null) {
            throw ProblemException.invalid("", "name at least one of email and fullName");
        }
    }
}

package io.millrace.api.users;

import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Prose;
import io.millrace.core.mail.EmailAddress;
import io.millrace.core.users.Change;
import io.millrace.core.users.FullName;
import io.millrace.core.users.LanguageTag;
import io.millrace.core.users.UserUpdate;

/**
 * The body of {@code PATCH /users/{id}}: what is left out stays as it is; null clears what may be missing and is refused
 * elsewhere. No record, because Jackson cannot tell null from absent in a constructor.
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

    @Prose(max = 2000)
    private @Nullable String bio;
    private boolean bioGiven;

    @Timezone
    private @Nullable String timezone;
    private boolean timezoneGiven;

    @JsonProperty
    @JsonSetter(nulls = Nulls.FAIL)
    @LanguageTag
    private @Nullable String locale;

    @JsonProperty
    @JsonSetter(nulls = Nulls.FAIL)
    private @Nullable Boolean marketingMails;

    // A setter is called for null, and is not for what is absent.
    @JsonSetter
    void setBio(@Nullable String bio) {
        this.bio = bio;
        this.bioGiven = true;
    }

    @JsonSetter
    void setTimezone(@Nullable String timezone) {
        this.timezone = timezone;
        this.timezoneGiven = true;
    }

    /**
     * The same for the database.
     *
     * @param expectedVersion
     *            null for any
     * @throws ProblemException
     *             400 if there is nothing to change
     */
    UserUpdate update(@Nullable Integer expectedVersion) {
        boolean nothing = !bioGiven && !timezoneGiven
                && Stream.of(email, fullName, locale, marketingMails).allMatch(Objects::isNull);
        if (nothing) {
            throw ProblemException.invalid("",
                    "name at least one of email, fullName, bio, timezone, locale and marketingMails");
        }
        return new UserUpdate(email, fullName, new Change<>(bioGiven, bio), new Change<>(timezoneGiven, timezone),
                locale, marketingMails, expectedVersion);
    }
}

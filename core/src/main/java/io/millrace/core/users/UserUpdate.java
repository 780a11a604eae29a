package io.millrace.core.users;

import org.jspecify.annotations.Nullable;

/**
 * What is to change of a user, the profile and the settings. What cannot be missing stays as it is if it is null.
 *
 * @param timezone
 *            an IANA zone
 * @param locale
 *            a BCP 47 language tag
 * @param expectedVersion
 *            change nothing if the user has another version by now; null to change whatever is there
 */
public record UserUpdate(@Nullable String email, @Nullable String fullName, Change<String> bio,
        Change<String> timezone, @Nullable String locale, @Nullable Boolean marketingMails,
        @Nullable Integer expectedVersion) {

    boolean touchesProfile() {
        return bio.given() || timezone.given();
    }

    boolean touchesSettings() {
        return locale != null || marketingMails != null;
    }
}

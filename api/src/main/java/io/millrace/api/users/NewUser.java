package io.millrace.api.users;

import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import io.millrace.core.mail.EmailAddress;
import io.millrace.core.users.FullName;
import io.millrace.core.users.LanguageTag;

/**
 * The body of {@code POST /users}.
 *
 * @param locale
 *            null for the default
 */
record NewUser(@NotNull(message = "is missing") @EmailAddress String email,
        @NotNull(message = "is missing") @FullName String fullName, @Nullable @LanguageTag String locale) {
}

package io.millrace.api.users;

import jakarta.validation.constraints.NotNull;

import io.millrace.core.mail.EmailAddress;
import io.millrace.core.users.FullName;

/** The body of {@code POST /users}. */
record NewUser(@NotNull(message = "is missing") @EmailAddress String email,
        @NotNull(message = "is missing") @FullName String fullName) {
}

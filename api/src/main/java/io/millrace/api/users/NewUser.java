package io.millrace.api.users;

import jakarta.validation.constraints.NotNull;

/** The body of {@code POST /users}. */
record NewUser(@NotNull(message = "is missing") @EmailAddress String email,
        @NotNull(message = "is missing") @FullName String fullName) {
}

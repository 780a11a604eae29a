package io.millrace.api.mail;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;

import io.millrace.core.mail.EmailAddress;
import io.millrace.core.mail.SuppressionReason;

/** The body of {@code PUT /mail/suppressions}. */
record WantedSuppression(@NotNull(message = "is missing") @EmailAddress String address,
        @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,49}", message = "must be 1 to 50 small letters, digits and hyphens") @Nullable String category,
        @Nullable SuppressionReason reason) {

    SuppressionReason reasonOrUsual() {
        return reason == null ? SuppressionReason.MANUAL : reason;
    }
}

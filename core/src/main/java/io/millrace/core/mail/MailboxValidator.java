package io.millrace.core.mail;

import java.net.IDN;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import org.jspecify.annotations.Nullable;

/**
 * What {@code @Email} leaves open: whether an SMTP dialogue can carry the address. Public only because the validator makes
 * it by reflection.
 */
public final class MailboxValidator implements ConstraintValidator<EmailAddress, CharSequence> {

    /** For the validator. */
    public MailboxValidator() {
    }

    @Override
    public boolean isValid(@Nullable CharSequence address, ConstraintValidatorContext context) {
        if (address == null) {
            return true;
        }
        String text = address.toString();
        int at = text.lastIndexOf('@');
        return at > 0 && isPrintableAscii(text.substring(0, at)) && isDomain(text.substring(at + 1));
    }

    private static boolean isDomain(String domain) {
        try {
            // [127.0.0.1] is a domain too.
            return isPrintableAscii(
                    domain.startsWith("[") ? domain : IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}

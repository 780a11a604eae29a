package io.millrace.core.mail;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

/** Names the field that is too much. Public only because the validator makes it by reflection. */
public final class MailToFewValidator implements ConstraintValidator<MailToFew, SendEmail> {

    /** For the validator. */
    public MailToFewValidator() {
    }

    @Override
    public boolean isValid(SendEmail mail, ConstraintValidatorContext context) {
        context.disableDefaultConstraintViolation();
        if (!mail.isToFew()) {
            return refused(context, "bcc",
                    "must have, with to and cc, at most " + SendEmail.MAX_RECIPIENTS + " addresses");
        }
        if (mail.unsubscribe() != null && !mail.isToOne()) {
            return refused(context, "unsubscribe",
                    "must be left out of a mail with cc or bcc: one link unsubscribes one address");
        }
        return true;
    }

    private static boolean refused(ConstraintValidatorContext context, String field, String message) {
        context.buildConstraintViolationWithTemplate(message).addPropertyNode(field).addConstraintViolation();
        return false;
    }
}

package io.millrace.core.mail;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;

/**
 * An address that the worker can send mail to: one mailbox of at most 254 characters (RFC 5321), ASCII before the @ (SMTP
 * servers that take more are rare), after it also an international domain. Null is valid.
 */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MailboxValidator.class)
@Email
@Size(min = 3, max = 254)
@ReportAsSingleViolation
public @interface EmailAddress {

    String message() default "must be an email address of at most 254 characters, in ASCII before the @";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

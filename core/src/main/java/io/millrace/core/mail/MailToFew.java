package io.millrace.core.mail;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** What the fields of {@link SendEmail} must be together. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MailToFewValidator.class)
@interface MailToFew {

    String message() default "must be a mail to few";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

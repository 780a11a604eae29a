package io.millrace.core.users;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * A language by its code of two or three letters, with what else BCP 47 lets one say of it. Whether there is such a language is not
 * asked: mails in one that is not known here are in English. Null is valid.
 */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Size(max = 35)
@Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
@ReportAsSingleViolation
public @interface LanguageTag {

    String message() default "must be a language tag such as de-CH, of at most 35 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

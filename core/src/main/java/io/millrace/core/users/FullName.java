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

/** A name to greet by, in any script. It stands in mails, so it is one line; null is valid. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Size(max = 200)
@Pattern(regexp = "[^\\p{Cc}\\p{Zl}\\p{Zp}]*")
@Pattern(regexp = "(?s).*[\\p{L}\\p{N}].*")
@ReportAsSingleViolation
public @interface FullName {

    String message() default "must be one line of at most 200 characters with a letter or digit in it";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

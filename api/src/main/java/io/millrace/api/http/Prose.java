package io.millrace.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A text of any number of lines, and not blank; null is valid. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Size
@Pattern(regexp = "(?s)[\\s\\p{Z}]*[^\\s\\p{Z}].*")
@Pattern(regexp = "[^\\p{Cc}]*(?:[\\t\\n\\r][^\\p{Cc}]*)*")
@ReportAsSingleViolation
public @interface Prose {

    /** How many characters at most. */
    @OverridesAttribute(constraint = Size.class, name = "max")
    int max();

    String message() default "must be a text of at most {max} characters that is not blank";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

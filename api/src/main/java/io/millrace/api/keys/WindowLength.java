package io.millrace.api.keys;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;

import org.jspecify.annotations.Nullable;

/** Whole seconds from one to a month: headers speak of nothing shorter; null is valid. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WindowLength.Validator.class)
@interface WindowLength {

    String message() default "must be whole seconds from PT1S to P31D";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** What the annotation says. */
    final class Validator implements ConstraintValidator<WindowLength, Duration> {

        private static final Duration LONGEST = Duration.ofDays(31);

        @Override
        public boolean isValid(@Nullable Duration window, ConstraintValidatorContext context) {
            return window == null
                    || (window.equals(window.truncatedTo(ChronoUnit.SECONDS)) && window.isPositive()
                            && window.compareTo(LONGEST) <= 0);
        }
    }
}

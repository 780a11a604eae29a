package io.millrace.api.users;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.zone.ZoneRulesProvider;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;

import org.jspecify.annotations.Nullable;

/** A time zone of the IANA database; null is valid. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Timezone.Known.class)
@interface Timezone {

    String message() default "must be an IANA time zone such as Europe/Zurich";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Knows the zones of this Java. */
    final class Known implements ConstraintValidator<Timezone, String> {

        @Override
        public boolean isValid(@Nullable String timezone, ConstraintValidatorContext context) {
            return timezone == null || ZoneRulesProvider.getAvailableZoneIds().contains(timezone);
        }
    }
}

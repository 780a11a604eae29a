package io.millrace.core.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** What {@link HttpCall} says of its fields. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = HttpCallValidator.class)
public @interface HttpCallRules {

    String message() default "is not a request that can be made";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}

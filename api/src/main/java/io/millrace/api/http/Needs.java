package io.millrace.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which scope a caller's key must have: on a controller's method, or on the controller for all of its methods that say
 * nothing else. A method of ours without it needs {@link Scope#OPERATE}, and fails a test.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

    Scope value();
}

package io.millrace.dashboard.audit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the method of a controller that changes something: what that is called in the audit log. Without it a change is logged
 * by its method and path. Whatever is neither {@code GET} nor {@code HEAD} is taken for a change, and only operators get to it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Change {

    /** Such as {@code pause-queue}. */
    String value();

    /**
     * The names of path variables and request parameters that say what is changed, in their order; all path variables if
     * empty. Their values are kept for long and seen by everybody who sees the audit log.
     */
    String[] target() default {};
}

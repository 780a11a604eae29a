package io.millrace.core.cache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps what a method of a Spring bean returns in the {@link TwoLevelCache}, by its arguments. The value is shared by all
 * callers, so it must be immutable and survive JSON: a record of such values, or {@link ReadyJson}. {@code null}, an
 * empty {@code Optional} and an empty collection (or {@link Emptiable}) are kept for {@code millrace.cache.empty-ttl}
 * at most.
 *
 * <p>
 * Within a transaction the method runs uncached: it may see what is not committed, or a snapshot older than the last
 * invalidation. Calls from within the bean itself do not pass the cache, as with every Spring proxy.
 *
 * <p>
 * The idea is the seed's {@code cache_result}, whose keys differed per process.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CacheResult {

    /** ISO 8601; how long a value is kept, less up to a tenth, so that what was loaded together does not expire together. */
    String expiry();

    /** What the key begins with, e.g. {@code user-profile}: lower case, digits and hyphens. No two methods share one. */
    String prefix();

    /** Raised when the returned type changes shape, so that processes of two versions do not read each other's values. */
    int version() default 1;

    /** What a value can be dropped by, with arguments in braces, e.g. <code>user:{id}</code>. */
    String[] tags() default {};
}

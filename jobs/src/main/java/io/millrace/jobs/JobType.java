package io.millrace.jobs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The stable name of a {@link Job} record and its defaults. Rows in the queue hold this name and version, never the
 * class name, so that the class can be renamed and moved while jobs wait.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobType {

    /** The name services enqueue by, e.g. {@code send-welcome-email}: lower case, digits and hyphens, at most 80. */
    String name();

    /** Raised when the payload changes in a way that an older handler could not read. */
    int version() default 1;

    /** The queue it waits in unless the enqueuer says otherwise; 1 to 63 lower case letters, digits, dots or hyphens. */
    String queue() default "default";

    /**
     * From -1000 to 1000. Within a queue each point is worth a minute of waiting: the higher runs first, unless the other has
     * waited for that much longer; within one priority, first in, first out.
     */
    int priority() default 0;

    /** How many times it is tried in all, the first try included; 1 to 100. */
    int maxAttempts() default 10;

    /**
     * ISO 8601; the wait before the second attempt. It doubles with each further attempt, with jitter. A handler may say otherwise
     * of some failures: {@link JobHandler#retryPolicy}.
     */
    String backOff() default "PT3S";

    /** ISO 8601; no wait between two attempts is longer than this. */
    String maxBackOff() default "PT1H";

    /**
     * ISO 8601; how long the handler may run in one attempt. One that takes longer is told to stop: its thread is interrupted. Where
     * the handler returns all the same, its work is done; where it throws {@link TryAgainLater}, the job is put off, at the cost of
     * no attempt; a {@link PermanentFailure} stays one; with anything else the attempt has failed with {@link TimeLimitExceeded},
     * and is made again as after any failure. Where its worker stops first, the job goes back and the attempt is not counted. Looked
     * at about ten times a second.
     */
    String timeLimit() default "PT1H";

    /**
     * ISO 8601; how long a handler that was told to stop, because of its time limit or because its job was cancelled, has to do so.
     * After that it is given up: its job ends without it and its slot is free. Java cannot end a thread, so it may still run, also
     * beside the next attempt; nothing that it returns is kept.
     */
    String interruptGrace() default "PT30S";

    /**
     * Whether only this program's own code may queue it, by its record: by its name nobody can, nor is it in the {@link JobCatalog}, nor
     * can it have a schedule. For jobs that say something in the operator's name.
     */
    boolean internal() default false;

    /** ISO 8601; how long the result is kept. Empty: {@code millrace.jobs.result-ttl}. */
    String resultTtl() default "";
}

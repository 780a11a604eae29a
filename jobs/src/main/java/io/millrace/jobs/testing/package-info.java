/**
 * The engine's test kit, for the handlers of any service and what enqueues for them: {@link io.millrace.jobs.testing.PerformJob}
 * without a database, and on one {@link io.millrace.jobs.testing.EnqueuedJobs}, {@link io.millrace.jobs.testing.DrainQueue} and
 * {@link io.millrace.jobs.testing.SettableClock}.
 */
@NullMarked
package io.millrace.jobs.testing;

import org.jspecify.annotations.NullMarked;

/** The engine's test kit, for the handlers of any service: {@link io.millrace.jobs.testing.PerformJob}. */
@NullMarked
package io.millrace.jobs.testing;

import org.jspecify.annotations.NullMarked;

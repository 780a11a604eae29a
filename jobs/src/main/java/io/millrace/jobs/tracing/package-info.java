/** Enqueues and runs as spans of Micrometer Tracing, wherever a service has a tracer. */
@NullMarked
package io.millrace.jobs.tracing;

import org.jspecify.annotations.NullMarked;

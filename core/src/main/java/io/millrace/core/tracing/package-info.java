/** Traces, where a collector is named: what is sent to it, how, and the SQL in them. */
@NullMarked
package io.millrace.core.tracing;

import org.jspecify.annotations.NullMarked;

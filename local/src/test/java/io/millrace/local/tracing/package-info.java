/** Traces of the whole platform, as a collector receives them. */
@NullMarked
package io.millrace.local.tracing;

import org.jspecify.annotations.NullMarked;

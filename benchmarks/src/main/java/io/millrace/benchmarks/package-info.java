/** Measures what the API costs, each figure with that of a peer from the same run. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;

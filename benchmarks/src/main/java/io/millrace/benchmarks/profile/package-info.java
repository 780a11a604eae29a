/** How fast a table is profiled, beside DuckDB and {@code wc}. */
@NullMarked
package io.millrace.benchmarks.profile;

import org.jspecify.annotations.NullMarked;

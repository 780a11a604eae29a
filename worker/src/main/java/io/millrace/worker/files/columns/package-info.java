/** What can be said of a column from its values, each seen once: its type, its extremes, how many are different. */
@NullMarked
package io.millrace.worker.files.columns;

import org.jspecify.annotations.NullMarked;

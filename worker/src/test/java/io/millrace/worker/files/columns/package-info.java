/** What is said of single columns: types, order, counts. */
@NullMarked
package io.millrace.worker.files.columns;

import org.jspecify.annotations.NullMarked;

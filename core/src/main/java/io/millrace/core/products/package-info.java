/** The catalogue and its SQL. */
@NullMarked
package io.millrace.core.products;

import org.jspecify.annotations.NullMarked;

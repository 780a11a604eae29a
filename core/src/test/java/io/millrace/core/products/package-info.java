/** On a real Postgres. */
@NullMarked
package io.millrace.core.products;

import org.jspecify.annotations.NullMarked;

/** The API over real HTTP on a real Postgres. */
@NullMarked
package io.millrace.api.products;

import org.jspecify.annotations.NullMarked;

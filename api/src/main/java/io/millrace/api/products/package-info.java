/** The catalogue over HTTP. */
@NullMarked
package io.millrace.api.products;

import org.jspecify.annotations.NullMarked;

/** Pages over HTTP: {@code limit} and {@code cursor} in, data and the next cursor out. */
@NullMarked
package io.millrace.api.paging;

import org.jspecify.annotations.NullMarked;

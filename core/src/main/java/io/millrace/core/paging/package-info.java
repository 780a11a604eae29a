/**
 * Keyset pagination: a page begins right after a row, wherever that row is by then, so that rows which come and go
 * neither repeat nor hide others, and page 10,000 costs what page 1 costs.
 */
@NullMarked
package io.millrace.core.paging;

import org.jspecify.annotations.NullMarked;

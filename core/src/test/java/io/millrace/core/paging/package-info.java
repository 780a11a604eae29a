/** On a real Postgres. */
@NullMarked
package io.millrace.core.paging;

import org.jspecify.annotations.NullMarked;

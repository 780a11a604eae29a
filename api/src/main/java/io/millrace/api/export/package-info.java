/** Everything there is of something, streamed in batches from a connection pool of its own. */
@NullMarked
package io.millrace.api.export;

import org.jspecify.annotations.NullMarked;

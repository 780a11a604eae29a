/** Postgres and Redis as child processes whose data lives in one folder and outlives kill -9. */
@NullMarked
package io.millrace.local.servers;

import org.jspecify.annotations.NullMarked;

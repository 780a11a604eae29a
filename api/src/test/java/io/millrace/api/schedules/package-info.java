/** The API over real HTTP on a real Postgres. */
@NullMarked
package io.millrace.api.schedules;

import org.jspecify.annotations.NullMarked;

/** The SQL of users on a real Postgres. */
@NullMarked
package io.millrace.core.users;

import org.jspecify.annotations.NullMarked;

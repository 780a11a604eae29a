/** Users and their SQL. */
@NullMarked
package io.millrace.core.users;

import org.jspecify.annotations.NullMarked;

/** The import of users from files. */
@NullMarked
package io.millrace.worker.users;

import org.jspecify.annotations.NullMarked;

/** Users over HTTP: register with a welcome mail, read, change, delete. */
@NullMarked
package io.millrace.api.users;

import org.jspecify.annotations.NullMarked;

/** What can be queued as mail, and who gets none. */
@NullMarked
package io.millrace.core.mail;

import org.jspecify.annotations.NullMarked;

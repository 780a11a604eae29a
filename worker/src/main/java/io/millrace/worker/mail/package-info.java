/** Sends mail: the handlers of the mail jobs, their letters and templates, and what a mail server's refusals mean. */
@NullMarked
package io.millrace.worker.mail;

import org.jspecify.annotations.NullMarked;

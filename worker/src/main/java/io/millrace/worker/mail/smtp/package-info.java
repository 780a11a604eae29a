/** The dialogue with the mail server: connections that are kept and used again, with TLS, and what is certain when one breaks. */
@NullMarked
package io.millrace.worker.mail.smtp;

import org.jspecify.annotations.NullMarked;

/** The dialogue with mail servers that are slow, break off, refuse, or have the wrong certificate. */
@NullMarked
package io.millrace.worker.mail.smtp;

import org.jspecify.annotations.NullMarked;

/** Catches all mail: an SMTP server that delivers nothing, and a page that shows what it was sent. */
@NullMarked
package io.millrace.local.mail;

import org.jspecify.annotations.NullMarked;

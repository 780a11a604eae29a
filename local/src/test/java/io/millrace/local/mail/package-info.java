/** Tests of the mail catcher over real SMTP and HTTP. */
@NullMarked
package io.millrace.local.mail;

import org.jspecify.annotations.NullMarked;

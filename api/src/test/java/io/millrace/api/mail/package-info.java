/** The suppression list over HTTP. */
@NullMarked
package io.millrace.api.mail;

import org.jspecify.annotations.NullMarked;

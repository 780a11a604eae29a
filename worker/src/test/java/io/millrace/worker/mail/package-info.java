/** Mail against real servers: GreenMail for what is accepted, a scripted one for what is refused. */
@NullMarked
package io.millrace.worker.mail;

import org.jspecify.annotations.NullMarked;

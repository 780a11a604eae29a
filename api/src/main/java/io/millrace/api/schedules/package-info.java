/** Recurring jobs over HTTP: create, replace, pause, resume, run now, look up, remove. */
@NullMarked
package io.millrace.api.schedules;

import org.jspecify.annotations.NullMarked;

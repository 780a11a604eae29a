/** Enqueues jobs at a Millrace API, awaits their results and follows them: {@link io.millrace.client.MillraceClient}. */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;

/** Calls other services by HTTP: whom it may call, how a request is signed, and what an answer means for the job. */
@NullMarked
package io.millrace.worker.http;

import org.jspecify.annotations.NullMarked;

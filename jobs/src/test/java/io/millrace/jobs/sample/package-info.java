/** A service that embeds the engine and knows nothing else of Millrace: orders, each with a job. */
@NullMarked
package io.millrace.jobs.sample;

import org.jspecify.annotations.NullMarked;

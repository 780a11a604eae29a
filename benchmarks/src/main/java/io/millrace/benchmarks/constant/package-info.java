/** The peer of cached reads, put into the API's process by its class path and into nothing that is shipped. */
@NullMarked
package io.millrace.benchmarks.constant;

import org.jspecify.annotations.NullMarked;

/** How JSON is read and written in every process: strict in, RFC 3339 times with microseconds out. */
@NullMarked
package io.millrace.core.json;

import org.jspecify.annotations.NullMarked;

/** What JSON is taken and how it is written. */
@NullMarked
package io.millrace.core.json;

import org.jspecify.annotations.NullMarked;

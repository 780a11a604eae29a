/** The forms of values in JSON. */
@NullMarked
package io.millrace.jobs.json;

import org.jspecify.annotations.NullMarked;

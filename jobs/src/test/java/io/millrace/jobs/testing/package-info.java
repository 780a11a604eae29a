/** What the test kit itself catches. */
@NullMarked
package io.millrace.jobs.testing;

import org.jspecify.annotations.NullMarked;

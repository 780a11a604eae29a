/** Tests of the dashboard's process, on real servers and in a real browser. */
@NullMarked
package io.millrace.dashboard;

import org.jspecify.annotations.NullMarked;

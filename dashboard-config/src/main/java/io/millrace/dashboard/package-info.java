/**
 * The process that serves JobRunr's dashboard to operators: behind a password, to its own origin only, and without a
 * word to anybody else.
 */
@NullMarked
package io.millrace.dashboard;

import org.jspecify.annotations.NullMarked;

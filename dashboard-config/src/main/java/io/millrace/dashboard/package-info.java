/**
 * The process in which operators see and steer: pages of its own and JobRunr's dashboard behind one login, to its own origin
 * only, and without a word to anybody else.
 */
@NullMarked
package io.millrace.dashboard;

import org.jspecify.annotations.NullMarked;

/** Tests of the way to JobRunr's own pages. */
@NullMarked
package io.millrace.dashboard.jobrunr;

import org.jspecify.annotations.NullMarked;

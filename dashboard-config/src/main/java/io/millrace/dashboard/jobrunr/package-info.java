/** JobRunr's own pages, which know no login: served on the loopback interface to our proxy alone, which stands behind ours. */
@NullMarked
package io.millrace.dashboard.jobrunr;

import org.jspecify.annotations.NullMarked;

/** api, one worker and the dashboard in one process on embedded servers, for people who develop against Millrace. */
@NullMarked
package io.millrace.local;

import org.jspecify.annotations.NullMarked;

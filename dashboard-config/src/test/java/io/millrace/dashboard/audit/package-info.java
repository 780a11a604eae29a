/** Tests of what is written down. */
@NullMarked
package io.millrace.dashboard.audit;

import org.jspecify.annotations.NullMarked;

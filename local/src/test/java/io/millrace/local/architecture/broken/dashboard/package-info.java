/** Classes that the dashboard must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.dashboard;

import org.jspecify.annotations.NullMarked;

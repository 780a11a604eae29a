/** Classes that the engine must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.jobs;

import org.jspecify.annotations.NullMarked;

/** Classes that core must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.core;

import org.jspecify.annotations.NullMarked;

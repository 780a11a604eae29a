/** Classes that api must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.api;

import org.jspecify.annotations.NullMarked;

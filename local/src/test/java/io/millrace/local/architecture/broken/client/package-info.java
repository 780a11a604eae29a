/** Classes that the client must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.client;

import org.jspecify.annotations.NullMarked;

/** Classes that core must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.core.users;

import org.jspecify.annotations.NullMarked;

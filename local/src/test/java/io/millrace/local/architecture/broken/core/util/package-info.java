/** A layer, which is no feature. */
@NullMarked
package io.millrace.local.architecture.broken.core.util;

import org.jspecify.annotations.NullMarked;

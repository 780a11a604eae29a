/** The cache against a real Redis that comes and goes. */
@NullMarked
package io.millrace.core.cache;

import org.jspecify.annotations.NullMarked;

/** The cache as callers see it. */
@NullMarked
package io.millrace.api.cache;

import org.jspecify.annotations.NullMarked;

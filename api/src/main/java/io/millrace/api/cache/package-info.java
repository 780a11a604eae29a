/** What a caller learns of the cache, and what operators may do to it. */
@NullMarked
package io.millrace.api.cache;

import org.jspecify.annotations.NullMarked;

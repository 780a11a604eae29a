/** What is kept in Redis beside the truth in Postgres. Losing Redis loses nothing but speed. */
@NullMarked
package io.millrace.core.cache;

import org.jspecify.annotations.NullMarked;

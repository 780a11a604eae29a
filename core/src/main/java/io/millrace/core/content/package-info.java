/** Posts with their tags and comments, and their SQL. */
@NullMarked
package io.millrace.core.content;

import org.jspecify.annotations.NullMarked;

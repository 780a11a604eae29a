/** On a real Postgres. */
@NullMarked
package io.millrace.core.content;

import org.jspecify.annotations.NullMarked;

/** Posts and comments over HTTP. */
@NullMarked
package io.millrace.api.content;

import org.jspecify.annotations.NullMarked;

/** What all calls share: errors as {@code application/problem+json}, limits, and who may call. */
@NullMarked
package io.millrace.api.http;

import org.jspecify.annotations.NullMarked;

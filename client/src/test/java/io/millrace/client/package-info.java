/** The client against a server that fails as networks do. Against the real one: {@code io.millrace.local.examples}. */
@NullMarked
package io.millrace.client;

import org.jspecify.annotations.NullMarked;

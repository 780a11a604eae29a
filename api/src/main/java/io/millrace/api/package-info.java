/** The thin HTTP API: parse, validate, one transaction, answer. */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;

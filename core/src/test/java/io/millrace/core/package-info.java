/** What tests of several features share. */
@NullMarked
package io.millrace.core;

import org.jspecify.annotations.NullMarked;

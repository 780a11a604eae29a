/** The README's example of a new job type, compiled and tested here. */
@NullMarked
package io.millrace.example;

import org.jspecify.annotations.NullMarked;

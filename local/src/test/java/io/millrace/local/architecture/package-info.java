/** The house rules that a machine can check, each with what to do instead, and classes that break them. */
@NullMarked
package io.millrace.local.architecture;

import org.jspecify.annotations.NullMarked;

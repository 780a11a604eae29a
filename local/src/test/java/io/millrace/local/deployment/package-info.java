/** Checks of the files that deploy Millrace: what they set and ask for is what the applications know. */
@NullMarked
package io.millrace.local.deployment;

import org.jspecify.annotations.NullMarked;

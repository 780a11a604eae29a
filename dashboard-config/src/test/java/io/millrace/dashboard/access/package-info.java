/** Tests of who gets in. */
@NullMarked
package io.millrace.dashboard.access;

import org.jspecify.annotations.NullMarked;

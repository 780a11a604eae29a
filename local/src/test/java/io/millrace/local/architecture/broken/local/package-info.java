/** Stands for local. */
@NullMarked
package io.millrace.local.architecture.broken.local;

import org.jspecify.annotations.NullMarked;

/** The process that runs job handlers; each feature's handlers stand in a package of their own below. */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;

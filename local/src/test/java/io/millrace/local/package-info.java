/** Tests of the whole platform as one process, as people start and stop it. */
@NullMarked
package io.millrace.local;

import org.jspecify.annotations.NullMarked;

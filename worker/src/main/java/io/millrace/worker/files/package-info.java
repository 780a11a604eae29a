/** Jobs on stored files: what a file is and what its columns hold, read once in constant memory. */
@NullMarked
package io.millrace.worker.files;

import org.jspecify.annotations.NullMarked;

/** Stored files: their rows, their content in chunks, and the jobs that process them. */
@NullMarked
package io.millrace.core.files;

import org.jspecify.annotations.NullMarked;

/** Tests of the file store. */
@NullMarked
package io.millrace.core.files;

import org.jspecify.annotations.NullMarked;

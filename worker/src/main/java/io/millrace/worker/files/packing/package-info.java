/** Contents that are packed, read without a byte of them on disk and within limits that a bomb cannot pass. */
@NullMarked
package io.millrace.worker.files.packing;

import org.jspecify.annotations.NullMarked;

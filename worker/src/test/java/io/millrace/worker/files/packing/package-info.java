@NullMarked
package io.millrace.worker.files.packing;

import org.jspecify.annotations.NullMarked;

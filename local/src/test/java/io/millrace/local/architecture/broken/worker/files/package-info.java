/** Classes that a worker's feature must not hold. */
@NullMarked
package io.millrace.local.architecture.broken.worker.files;

import org.jspecify.annotations.NullMarked;

/** Files as people really send them: well formed, in any encoding, broken, or something else altogether. */
@NullMarked
package io.millrace.worker.files;

import org.jspecify.annotations.NullMarked;

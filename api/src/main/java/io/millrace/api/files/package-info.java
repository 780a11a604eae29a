/** Files over HTTP: streamed in as a raw or a multipart body, streamed out, with a job in the same commit if asked. */
@NullMarked
package io.millrace.api.files;

import org.jspecify.annotations.NullMarked;

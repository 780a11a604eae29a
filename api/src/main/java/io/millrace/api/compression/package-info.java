/** Answers in zstd, brotli or gzip, as {@code Accept-Encoding} says; streams stay streams. */
@NullMarked
package io.millrace.api.compression;

import org.jspecify.annotations.NullMarked;

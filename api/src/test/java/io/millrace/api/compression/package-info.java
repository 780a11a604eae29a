@NullMarked
package io.millrace.api.compression;

import org.jspecify.annotations.NullMarked;

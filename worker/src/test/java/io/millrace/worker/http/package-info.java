@NullMarked
package io.millrace.worker.http;

import org.jspecify.annotations.NullMarked;

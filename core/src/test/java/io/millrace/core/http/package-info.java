@NullMarked
package io.millrace.core.http;

import org.jspecify.annotations.NullMarked;

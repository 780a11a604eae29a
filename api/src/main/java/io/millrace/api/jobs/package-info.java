/** Jobs over HTTP: enqueue by type name, look up, wait for a result. */
@NullMarked
package io.millrace.api.jobs;

import org.jspecify.annotations.NullMarked;

/** Job types for tests, outside of what the API scans: a test that wants them names this package. */
@NullMarked
package io.millrace.apitest;

import org.jspecify.annotations.NullMarked;

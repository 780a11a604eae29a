/** Real servers for tests: one Postgres and one Redis per test run, a fresh database per caller. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;

/** Measures the job engine beside plain JobRunr and db-scheduler, on the same Postgres and in the same process. */
@NullMarked
package io.millrace.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;

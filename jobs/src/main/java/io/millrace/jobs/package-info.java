/**
 * The job engine: enqueue in the caller's transaction, run with retries on any number of processes, keep the results.
 * It knows no domain; any Spring service on Postgres can embed it.
 */
@NullMarked
package io.millrace.jobs;

import org.jspecify.annotations.NullMarked;

/** The dashboard's pages over millions of jobs, beside the same pages over few and beside JobRunr's own queries. */
@NullMarked
package io.millrace.benchmarks.pages;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.millrace.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;

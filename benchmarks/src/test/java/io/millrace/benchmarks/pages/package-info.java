@NullMarked
package io.millrace.benchmarks.pages;

import org.jspecify.annotations.NullMarked;

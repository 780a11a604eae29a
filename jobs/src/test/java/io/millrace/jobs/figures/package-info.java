@NullMarked
package io.millrace.jobs.figures;

import org.jspecify.annotations.NullMarked;

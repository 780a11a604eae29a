@NullMarked
package io.millrace.jobs.meters;

import org.jspecify.annotations.NullMarked;

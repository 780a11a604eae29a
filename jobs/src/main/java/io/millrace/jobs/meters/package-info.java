/** What this process does with jobs, as Micrometer's meters; for a process that has a registry. */
@NullMarked
package io.millrace.jobs.meters;

import org.jspecify.annotations.NullMarked;

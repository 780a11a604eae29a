/**
 * How job types and queues have fared, and how they stand: written down by every process, looked at once for all of them.
 */
@NullMarked
package io.millrace.jobs.figures;

import org.jspecify.annotations.NullMarked;

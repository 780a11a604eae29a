/**
 * The pages of our own beside JobRunr's: queues, job types, search, one job's story, workers, schedules, mail and files. They are
 * made on the server, work without a script, and cost the same however many jobs there are.
 */
@NullMarked
package io.millrace.dashboard.pages;

import org.jspecify.annotations.NullMarked;

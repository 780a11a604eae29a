/** The worker as a process: its beans, its management endpoints, several of them sharing a queue. */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;

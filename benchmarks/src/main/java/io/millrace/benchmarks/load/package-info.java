/** HTTP load that costs the machine little: plain sockets, kept open, one thread each. */
@NullMarked
package io.millrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;

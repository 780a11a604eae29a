/** Tests of the embedded servers and of what they need of the machine. */
@NullMarked
package io.millrace.local.servers;

import org.jspecify.annotations.NullMarked;

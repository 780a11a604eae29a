/** What api and worker must agree on; its beans come to each process by auto-configuration. */
@NullMarked
package io.millrace.core;

import org.jspecify.annotations.NullMarked;

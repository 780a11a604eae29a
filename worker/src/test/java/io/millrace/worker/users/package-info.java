@NullMarked
package io.millrace.worker.users;

import org.jspecify.annotations.NullMarked;

/** Who may see and change what from where: listening, signing in, roles, and what browsers are told. */
@NullMarked
package io.millrace.dashboard.access;

import org.jspecify.annotations.NullMarked;

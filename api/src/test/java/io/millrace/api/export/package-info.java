/** Exports over real HTTP from a real Postgres. */
@NullMarked
package io.millrace.api.export;

import org.jspecify.annotations.NullMarked;

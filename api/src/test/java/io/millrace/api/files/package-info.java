/** Tests of files over real HTTP on a real Postgres. */
@NullMarked
package io.millrace.api.files;

import org.jspecify.annotations.NullMarked;

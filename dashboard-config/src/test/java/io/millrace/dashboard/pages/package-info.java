/** Tests of the pages, on a real Postgres with real jobs, over HTTP and in a real browser. */
@NullMarked
package io.millrace.dashboard.pages;

import org.jspecify.annotations.NullMarked;

/** The pages that JobRunr's lack, rendered on the server. */
@NullMarked
package io.millrace.dashboard.pages;

import org.jspecify.annotations.NullMarked;

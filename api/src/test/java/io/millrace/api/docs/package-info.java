/** Tests of what the API says of itself. */
@NullMarked
package io.millrace.api.docs;

import org.jspecify.annotations.NullMarked;

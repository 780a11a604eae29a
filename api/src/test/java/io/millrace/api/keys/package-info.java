/** Keys, on the API as a whole and by the command. */
@NullMarked
package io.millrace.api.keys;

import org.jspecify.annotations.NullMarked;

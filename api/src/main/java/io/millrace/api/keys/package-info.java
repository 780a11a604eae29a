/** API keys: made, listed, rotated and revoked by call and by command, and how much each may ask for. */
@NullMarked
package io.millrace.api.keys;

import org.jspecify.annotations.NullMarked;

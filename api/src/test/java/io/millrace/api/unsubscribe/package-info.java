/** Where the links in mails lead. */
@NullMarked
package io.millrace.api.unsubscribe;

import org.jspecify.annotations.NullMarked;

/** Where the links in mails lead: pages for people, and for mail programs that unsubscribe by one click (RFC 8058). */
@NullMarked
package io.millrace.api.unsubscribe;

import org.jspecify.annotations.NullMarked;

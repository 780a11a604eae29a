/** What the API says of itself: the OpenAPI document and a page to read and try it. */
@NullMarked
package io.millrace.api.docs;

import org.jspecify.annotations.NullMarked;

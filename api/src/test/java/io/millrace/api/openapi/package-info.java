/** The OpenAPI document: how it is made from the running application, and the tests that hold the two together. */
@NullMarked
package io.millrace.api.openapi;

import org.jspecify.annotations.NullMarked;

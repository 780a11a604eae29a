/** The mail jobs: what to send to whom; how is the worker's business. */
@NullMarked
package io.millrace.core.mail;

import org.jspecify.annotations.NullMarked;

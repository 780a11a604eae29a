/** The jobs that call other services by HTTP: what to call; how, and whom not, is the worker's business. */
@NullMarked
package io.millrace.core.http;

import org.jspecify.annotations.NullMarked;

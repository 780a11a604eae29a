/** How JSON is read and written wherever it crosses a boundary: payloads, results, requests and answers alike. */
@NullMarked
package io.millrace.jobs.json;

import org.jspecify.annotations.NullMarked;

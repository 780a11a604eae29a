/** What operators have changed from the dashboard, written down before it happens. */
@NullMarked
package io.millrace.dashboard.audit;

import org.jspecify.annotations.NullMarked;

/** The deployed processes while what they need is away: Postgres, its disk, Redis. */
@NullMarked
package io.millrace.local.outage;

import org.jspecify.annotations.NullMarked;

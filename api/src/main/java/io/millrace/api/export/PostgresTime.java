package io.millrace.api.export;

/**
 * A timestamptz as Postgres holds and sends it. Its two ends are {@code -infinity} and {@code infinity}, which no form of an
 * export has a time for: they are written as Postgres writes them.
 *
 * @param micros
 *            microseconds since 2000, before it negative
 */
record PostgresTime(long micros) {

    static final PostgresTime FIRST = new PostgresTime(Long.MIN_VALUE);

    private static final long LAST = Long.MAX_VALUE;
    /** From 1970 to 2000. */
    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final int MICROS_A_SECOND = 1_000_000;
    private static final byte[] MINUS_INFINITY = Ascii.bytes("-infinity");
    private static final byte[] INFINITY = Ascii.bytes("infinity");

    void addTo(Batch batch) {
        if (micros == FIRST.micros) {
            batch.add(MINUS_INFINITY);
        } else if (micros == LAST) {
            batch.add(INFINITY);
        } else {
            // Split first: in microseconds since 1970, a long ends 29 years before Postgres' last time.
            batch.addTime(Math.floorDiv(micros, MICROS_A_SECOND) + SECONDS_TO_2000,
                    Math.floorMod(micros, MICROS_A_SECOND));
        }
    }

    /** The same as an expression; exact, and without a calendar. */
    String sql() {
        if (micros == FIRST.micros) {
            return "timestamptz '-infinity'";
        }
        return micros == LAST
                ? "timestamptz 'infinity'"
                : "timestamptz '2000-01-01T00:00:00Z' + interval '" + micros + " microseconds'";
    }
}

package io.millrace.worker.files.columns;

/**
 * Dates and times in their order. Where day and month could be either way round, both are followed until a value rules
 * one out; if none ever does, the month is taken to come first.
 */
final class MomentReading implements Reading {

    private final MomentScan scan = new MomentScan();
    private final KeyRange monthFirst = new KeyRange();
    private final KeyRange dayFirst = new KeyRange();
    private boolean monthMayBeFirst = true;
    private boolean dayMayBeFirst = true;
    private boolean withTime;

    @Override
    public boolean add(char[] text, int from, int to, boolean seenBefore) {
        if (seenBefore) {
            return true;
        }
        if (!scan.scan(text, from, to)) {
            return false;
        }
        withTime |= scan.withTime();
        monthMayBeFirst &= follow(monthFirst, scan.monthFirst(), text, from, to);
        dayMayBeFirst &= follow(dayFirst, scan.dayFirst(), text, from, to);
        return monthMayBeFirst || dayMayBeFirst;
    }

    private static boolean follow(KeyRange range, long moment, char[] text, int from, int to) {
        if (moment == MomentScan.NONE) {
            return false;
        }
        range.add(moment, text, from, to);
        return true;
    }

    @Override
    public ColumnType type() {
        return withTime ? ColumnType.DATETIME : ColumnType.DATE;
    }

    @Override
    public String min() {
        return range().min();
    }

    @Override
    public String max() {
        return range().max();
    }

    private KeyRange range() {
        return monthMayBeFirst ? monthFirst : dayFirst;
    }
}

package io.millrace.worker.files.columns;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

import io.millrace.core.files.FileProfile;

/**
 * Dates and times in their order. Where day and month could be either way round, both are followed until a value rules
 * one out; if none ever does, the month is taken to come first.
 */
final class MomentReading implements Reading {

    private final MomentScan scan = new MomentScan();
    private final IsoScan iso = new IsoScan();
    private final MomentSeries monthFirst = new MomentSeries();
    /** The same as the other until a value is not the same either way. */
    private MomentSeries dayFirst = monthFirst;
    private boolean monthMayBeFirst = true;
    private boolean dayMayBeFirst = true;
    private boolean withTime;

    @Override
    public boolean add(char[] text, int from, int to, boolean seenBefore) {
        if (!scan.scan(text, from, to)) {
            return false;
        }
        withTime |= scan.withTime();
        if (scan.monthFirst() != scan.dayFirst() && dayFirst == monthFirst) {
            dayFirst = monthFirst.copy();
        }
        monthMayBeFirst = monthMayBeFirst && monthFirst.add(scan.monthFirst(), text, from, to);
        if (dayFirst != monthFirst) {
            dayMayBeFirst = dayMayBeFirst && dayFirst.add(scan.dayFirst(), text, from, to);
        }
        return monthMayBeFirst || dayMayBeFirst;
    }

    @Override
    public boolean addAll(ColumnBytes run, int from) {
        byte[] text = run.text();
        for (int i = from; i < run.size(); i++) {
            if (iso.scan(text, run.start(i), run.end(i))) {
                addIso(text, run.start(i), run.end(i));
            } else if (!addCharacters(run, i)) {
                return false;
            }
        }
        return true;
    }

    private void addIso(byte[] text, int from, int to) {
        withTime |= iso.withTime();
        if (monthMayBeFirst) {
            monthFirst.addAscii(iso.moment(), text, from, to);
        }
        if (dayFirst != monthFirst && dayMayBeFirst) {
            dayFirst.addAscii(iso.moment(), text, from, to);
        }
    }

    @Override
    public ColumnType type() {
        return withTime ? ColumnType.DATETIME : ColumnType.DATE;
    }

    @Override
    public String min() {
        return series().range().min();
    }

    @Override
    public String max() {
        return series().range().max();
    }

    @Override
    public FileProfile.Quantiles quantiles() {
        return Quantile.allOf(series().quantiles(), withTime ? MomentReading::dateTime : MomentReading::date);
    }

    private MomentSeries series() {
        return monthMayBeFirst ? monthFirst : dayFirst;
    }

    private static String date(long micros) {
        return dayOf(micros).toString();
    }

    private static String dateTime(long micros) {
        long nanos = Math.floorMod(micros, MomentScan.MICROS_PER_DAY) * 1000;
        return LocalDateTime.of(dayOf(micros), LocalTime.ofNanoOfDay(nanos)) + "Z";
    }

    private static LocalDate dayOf(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, MomentScan.MICROS_PER_DAY));
    }
}

package io.millrace.worker.files.columns;

import java.util.Locale;

/**
 * What all values of a column are. The narrowest type that every one of them fits is the column's.
 *
 * <ul>
 * <li>{@code INTEGER}: digits with or without a sign. With a needless leading zero ({@code 01001}) it is a code, so text.
 * <li>{@code NUMBER}: also {@code 0.5}, {@code .097}, {@code 5.}, {@code 1e-3}; neither thousands separators nor units.
 * <li>{@code BOOLEAN}: {@code true} and {@code false} in any case; 0 and 1 are integers.
 * <li>{@code DATE}, {@code DATETIME}: see {@link MomentScan}. Both in one column make it DATETIME.
 * <li>{@code EMPTY}: there is no value.
 * </ul>
 */
public enum ColumnType {

    EMPTY, BOOLEAN, INTEGER, NUMBER, DATE, DATETIME, TEXT;

    /** As it stands in a profile. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.millrace.benchmarks.jobs;

import java.util.function.ToDoubleFunction;

/**
 * A figure of each round.
 *
 * @param compared
 *            whether a column beside it tells how many times that of a certain peer it is
 */
record Column<T>(String title, int decimals, boolean compared, ToDoubleFunction<T> figure) {

    static <T> Column<T> of(String title, int decimals, ToDoubleFunction<T> figure) {
        return new Column<>(title, decimals, false, figure);
    }

    Column<T> besidePlainJobRunr() {
        return new Column<>(title, decimals, true, figure);
    }
}

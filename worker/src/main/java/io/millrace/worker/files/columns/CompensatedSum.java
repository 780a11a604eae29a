package io.millrace.worker.files.columns;

/**
 * A running sum whose rounding error does not grow with the number of values: A. Neumaier, "Rundungsfehleranalyse einiger
 * Verfahren zur Summation endlicher Summen", ZAMM 54 (1974), an improvement of Kahan's summation.
 */
final class CompensatedSum {

    private double sum;
    private double lost;

    void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    double value() {
        return sum + lost;
    }
}

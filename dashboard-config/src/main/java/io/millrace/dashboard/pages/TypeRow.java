package io.millrace.dashboard.pages;

import io.millrace.jobs.figures.JobFigures;

/**
 * A job type as its line shows it.
 *
 * @param small
 *            a chart of its runs, ready for the page
 */
record TypeRow(String name, String runs, String failed, String failureRate, boolean failing, String retried, String p50,
        String p95, String p99, String waitP95, String small) {

    /** Above it a type is marked: a failure of now and then is nothing to look at. */
    private static final double MANY = 0.05;

    static TypeRow of(JobFigures.Sum sum, String small) {
        var counts = sum.counts();
        long runs = runs(counts);
        long bad = counts.failed() + counts.retried();
        return new TypeRow(sum.name(), HumanText.number(runs), HumanText.number(counts.failed()),
                HumanText.percent(bad, runs), runs > 0 && bad > MANY * runs, HumanText.number(counts.retried()),
                HumanText.duration(sum.runs().p50()), HumanText.duration(sum.runs().p95()),
                HumanText.duration(sum.runs().p99()), HumanText.duration(sum.waits().p95()), small);
    }

    /** Those that ended, in whatever way. */
    static long runs(JobFigures.Counts counts) {
        return counts.succeeded() + counts.failed() + counts.retried();
    }
}

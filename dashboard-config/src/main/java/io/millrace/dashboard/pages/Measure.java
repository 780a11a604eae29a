package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a chart shows the size of, and how its upright axis is divided. */
enum Measure {

    /** Of jobs. */
    COUNT {
        @Override
        String text(double value) {
            return HumanText.number(Math.round(value));
        }

        @Override
        double stepFor(double highest) {
            return Math.max(1, niceStep(highest / MOST_TICKS));
        }
    },

    /** In seconds. */
    TIME {
        @Override
        String text(double value) {
            return HumanText.duration(Duration.ofNanos(Math.round(value * 1e9)));
        }

        @Override
        double stepFor(double highest) {
            double unit = highest < 60 ? 1 : highest < 3_600 ? 60 : highest < 86_400 ? 3_600 : 86_400;
            double step = niceStep(highest / unit / MOST_TICKS);
            return unit * (unit > 1 ? Math.max(1, step) : Math.max(0.001, step));
        }
    };

    private static final int MOST_TICKS = 4;

    abstract String text(double value);

    abstract double stepFor(double highest);

    /** Where the axis has its lines: from 0 to the first that is not below the highest value. */
    List<Double> ticks(double highest) {
        double step = stepFor(highest);
        var ticks = new ArrayList<Double>();
        for (int i = 0; i == 0 || ticks.getLast() < highest - step * 1e-9 || i < 2; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** 1, 2 or 5 times a power of ten, and not less. */
    private static double niceStep(double least) {
        if (least <= 0) {
            return 0;
        }
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int times : new int[]{1, 2, 5}) {
            if (times * power >= least * (1 - 1e-9)) {
                return times * power;
            }
        }
        return 10 * power;
    }
}

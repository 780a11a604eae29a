package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** How far back figures go. */
enum Window {

    HOUR("1h", "Last hour", Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(2)),

    DAY("24h", "Last 24 hours", Duration.ofHours(24), Duration.ofMinutes(20), Duration.ofHours(1)),

    WEEK("7d", "Last 7 days", Duration.ofDays(7), Duration.ofHours(2), Duration.ofHours(6));

    private final String code;
    private final String title;
    private final Duration length;
    private final Duration step;
    private final Duration smallStep;

    Window(String code, String title, Duration length, Duration step, Duration smallStep) {
        this.code = code;
        this.title = title;
        this.length = length;
        this.step = step;
        this.smallStep = smallStep;
    }

    /** As it stands in an address; the last hour where that says nothing. */
    static Window of(@Nullable String code) {
        if (code == null) {
            return HOUR;
        }
        return Arrays.stream(values()).filter(window -> window.code.equals(code)).findFirst()
                .orElseThrow(() -> new BadInput("window", "must be one of "
                        + Arrays.stream(values()).map(Window::code).collect(Collectors.joining(", "))));
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    Duration length() {
        return length;
    }

    /** Of a chart as wide as a page. */
    Duration step() {
        return step;
    }

    /** Of a chart in a line of a table. */
    Duration smallStep() {
        return smallStep;
    }
}

package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * How much of a job somebody has been told. It is made of what stands in the database, so that it means the same to every process.
 * As a text it is short, and of characters that stand anywhere.
 *
 * @param version
 *            of the job's row; 0 before the first
 * @param progress
 *            the last one, null if there was none
 * @param lines
 *            the last line of each of the newest runs that have said something, in the order of the runs
 */
public record JobPosition(int version, @Nullable Told progress, List<Line> lines) {

    /** Nothing was told yet. */
    public static final JobPosition START = new JobPosition(0, null, List.of());

    /** Of runs before these, lines that come late are not told. A run writes its last a minute after its end at most. */
    static final int RUNS = 3;

    private static final String NUMBER = "(\\d{1,9})";
    private static final Pattern TEXT = Pattern
            .compile(NUMBER + "(?:_" + NUMBER + "-(\\d{1,19})-(\\d{1,19}))?((?:\\." + NUMBER + "-" + NUMBER + "){0,"
                    + RUNS
                    + "})");
    private static final Pattern LINE = Pattern.compile("\\." + NUMBER + "-" + NUMBER);

    public JobPosition {
        lines = List.copyOf(lines);
    }

    /** Empty if it is none. */
    public static Optional<JobPosition> parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var progress = parts.group(2) == null ? null : told(parts);
        var lines = LINE.matcher(parts.group(5)).results()
                .map(line -> new Line(number(line.group(1)), number(line.group(2)))).toList();
        return inOrder(lines)
                ? Optional.of(new JobPosition(number(parts.group(1)), progress, lines))
                : Optional.empty();
    }

    /** Digits beyond the longest number are of none that was told; then it is told again. */
    private static @Nullable Told told(Matcher parts) {
        try {
            return new Told(number(parts.group(2)),
                    new JobStatus.Progress(Long.parseLong(parts.group(3)), Long.parseLong(parts.group(4))));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static boolean inOrder(List<Line> lines) {
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i - 1).run >= lines.get(i).run) {
                return false;
            }
        }
        return true;
    }

    JobPosition withVersion(int now) {
        return new JobPosition(now, progress, lines);
    }

    JobPosition withProgress(int run, JobStatus.Progress now) {
        return new JobPosition(version, new Told(run, now), lines);
    }

    JobPosition withLine(int run, int number) {
        var all = new ArrayList<>(lines);
        all.removeIf(line -> line.run == run);
        int before = 0;
        while (before < all.size() && all.get(before).run < run) {
            before++;
        }
        all.add(before, new Line(run, number));
        return new JobPosition(version, progress, all.size() > RUNS ? all.subList(1, all.size()) : all);
    }

    /** The last line that was told of a run. */
    int lineOf(int run) {
        return lines.stream().filter(line -> line.run == run).mapToInt(Line::number).findFirst().orElse(0);
    }

    /** Where lines may stand that were not told: behind each of the last ones, and before the first as long as none was dropped. */
    List<Line> opening() {
        if (lines.size() == RUNS) {
            return lines;
        }
        var all = new ArrayList<Line>();
        all.add(new Line(0, 0));
        all.addAll(lines);
        return all;
    }

    boolean tells(int run, JobStatus.Progress now) {
        return progress != null && progress.run == run && progress.progress.equals(now);
    }

    /** {@code parse} reads it back. */
    @Override
    public String toString() {
        var said = progress == null
                ? ""
                : "_" + progress.run + "-" + progress.progress.done() + "-" + progress.progress.total();
        return version + said
                + lines.stream().map(line -> "." + line.run + "-" + line.number).collect(Collectors.joining());
    }

    /** The progress that a run told. */
    public record Told(int run, JobStatus.Progress progress) {
    }

    /** A line of a run's log, both by their numbers. */
    public record Line(int run, int number) {
    }
}

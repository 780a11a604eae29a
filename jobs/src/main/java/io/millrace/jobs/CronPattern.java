package io.millrace.jobs;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.springframework.scheduling.support.CronExpression;

/**
 * The local times that a cron expression names: five fields as crontab(5) has them, or six with the second first, each read by Spring's
 * {@link CronExpression} ({@code L}, {@code W} and {@code #} included). Where both the day of the month and the day of the week are
 * restricted, either is enough, as in crontab(5); a field that begins with a star restricts nothing in this sense.
 *
 * @param any
 *            a time is named if one of these names it
 * @param everyHour
 *            whether the hour is left open
 */
record CronPattern(List<CronExpression> any, boolean everyHour) {

    private static final String REMEDY = "must be five fields (minute, hour, day of month, month, day of week), six with the second first,"
            + " or one of @hourly, @daily, @weekly, @monthly and @yearly";
    private static final int LONGEST = 200;
    private static final int HOUR = 2;
    private static final int DAY_OF_MONTH = 3;
    private static final int DAY_OF_WEEK = 5;
    private static final List<String> FIELDS = List.of("second", "minute", "hour", "day of month", "month",
            "day of week");
    private static final Map<String, String> WORDS = Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *", "@midnight",
            "0 0 * * *", "@weekly", "0 0 * * 0", "@monthly", "0 0 1 * *", "@yearly", "0 0 1 1 *", "@annually",
            "0 0 1 1 *");
    /** Before all leap years that matter. */
    private static final LocalDateTime START = LocalDateTime.of(2000, 1, 1, 0, 0).minusSeconds(1);

    /**
     * Reads one.
     *
     * @throws InvalidSchedule
     *             if it cannot be read, or names no time at all
     */
    static CronPattern parse(String text) {
        var fields = fields(text);
        boolean either = restricts(fields[DAY_OF_MONTH]) && restricts(fields[DAY_OF_WEEK]);
        var any = either
                ? List.of(expression(with(fields, DAY_OF_MONTH, "*")), expression(with(fields, DAY_OF_WEEK, "*")))
                : List.of(expression(fields));
        InvalidSchedule.check("cron", any.stream().allMatch(one -> one.next(START) != null),
                "must name a day that exists: no month that it names has its day");
        return new CronPattern(any, isEveryHour(fields[HOUR]));
    }

    /** The first one after this. */
    Optional<LocalDateTime> next(LocalDateTime after) {
        return any.stream().map(one -> one.next(after)).filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    private static String[] fields(String text) {
        InvalidSchedule.check("cron", text.length() <= LONGEST, "must be of at most " + LONGEST + " characters");
        var word = text.strip().toLowerCase(Locale.ROOT);
        var fields = WORDS.getOrDefault(word, text.strip()).split("\\s+");
        if (fields.length == FIELDS.size() - 1) {
            fields = ("0 " + String.join(" ", fields)).split(" ");
        }
        InvalidSchedule.check("cron", fields.length == FIELDS.size(), REMEDY);
        for (int i = 0; i < fields.length; i++) {
            checkField(i, fields[i]);
        }
        return fields;
    }

    private static void checkField(int i, String field) {
        try {
            expression(with("0 0 0 * * *".split(" "), i, field));
        } catch (IllegalArgumentException e) {
            throw new InvalidSchedule("cron", "has a " + FIELDS.get(i) + " that cannot be read; it " + REMEDY);
        }
    }

    private static boolean restricts(String field) {
        return !field.startsWith("*") && !field.equals("?");
    }

    private static boolean isEveryHour(String hour) {
        var hours = CronExpression.parse("0 0 " + hour + " * * *");
        var time = START;
        for (int i = 0; i < 24; i++) {
            time = Objects.requireNonNull(hours.next(time));
        }
        return time.equals(START.plusSeconds(1).withHour(23));
    }

    private static String[] with(String[] fields, int i, String field) {
        var changed = fields.clone();
        changed[i] = field;
        return changed;
    }

    private static CronExpression expression(String[] fields) {
        return CronExpression.parse(String.join(" ", fields));
    }
}

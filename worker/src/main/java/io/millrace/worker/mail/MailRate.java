package io.millrace.worker.mail;

import java.time.Duration;
import java.util.regex.Pattern;

/** How many mails may be sent in any time that long. */
record MailRate(int mails, Duration per) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,7})/(\\d{0,4})([smhd])");

    /**
     * Of the form {@code 10/s}, {@code 100/15m}, {@code 2000/h} or {@code 5000/d}.
     *
     * @param setting
     *            for the message
     * @throws IllegalArgumentException
     *             if it is of another one, or no mail at all may be sent
     */
    static MailRate parse(String setting, String text) {
        var form = FORM.matcher(text.strip());
        if (form.matches()) {
            int mails = Integer.parseInt(form.group(1));
            int times = form.group(2).isEmpty() ? 1 : Integer.parseInt(form.group(2));
            if (mails > 0 && times > 0) {
                return new MailRate(mails, unit(form.group(3)).multipliedBy(times));
            }
        }
        throw new IllegalArgumentException(
                setting + " must be a number of mails per time, such as 10/s, 100/15m, 2000/h or "
                        + "5000/d, or none");
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    double seconds() {
        return per.toNanos() / 1e9;
    }

    /** Between two mails. */
    double interval() {
        return seconds() / mails;
    }
}

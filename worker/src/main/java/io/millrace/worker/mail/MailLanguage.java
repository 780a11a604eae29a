package io.millrace.worker.mail;

import java.util.Arrays;
import java.util.Locale;

/**
 * A language that our mails are written in: each has a folder of templates. One more is one more of these and its folder; a test
 * names what is missing there.
 */
enum MailLanguage {

    /** Also for whoever reads none of the others. */
    ENGLISH("en"), RUSSIAN("ru");

    private final Locale locale;

    MailLanguage(String tag) {
        this.locale = Locale.forLanguageTag(tag);
    }

    /**
     * The one to write in.
     *
     * @param tag
     *            a BCP 47 language tag
     */
    static MailLanguage of(String tag) {
        String wanted = Locale.forLanguageTag(tag).getLanguage();
        return Arrays.stream(values()).filter(known -> known.locale.getLanguage().equals(wanted)).findFirst()
                .orElse(ENGLISH);
    }

    Locale locale() {
        return locale;
    }

    /** The name of its folder. */
    String folder() {
        return locale.getLanguage();
    }
}

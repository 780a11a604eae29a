package io.millrace.worker.mail;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The texts of mail, in the files {@code <name>.subject.txt}, {@code <name>.txt} and {@code <name>.html} of
 * {@code templates/mail/<language>}; Thymeleaf tells their mode by the ending. In the HTML one it escapes what it inserts; the plain
 * ones have nothing to escape and insert with {@code [(${...})]}. All HTML shows the image {@link MailLogo}.
 */
@Component
final class MailTemplates {

    private final ITemplateEngine engine;
    private final MailLogo logo;

    MailTemplates(ITemplateEngine engine, MailLogo logo) {
        this.engine = engine;
        this.logo = logo;
    }

    /**
     * The letter of this name, with its variables filled in.
     *
     * @param unsubscribe
     *            the link to unsubscribe by, which is the variable {@code unsubscribe}; null for a mail that somebody asked for
     */
    Letter write(String name, MailLanguage language, Recipient to, Map<String, Object> variables,
            @Nullable String unsubscribe) {
        var context = new Context(language.locale(), variables);
        context.setVariable("logo", "cid:" + MailLogo.ID);
        context.setVariable("unsubscribe", unsubscribe);
        String path = "mail/" + language.folder() + "/" + name;
        return new Letter(Addressees.only(to), oneLine(engine.process(path + ".subject.txt", context)),
                engine.process(path + ".txt", context), engine.process(path + ".html", context),
                List.of(logo.image()), List.of(), unsubscribe);
    }

    /** The file ends with a line feed, and a variable may hold one. */
    private static String oneLine(String subject) {
        return subject.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}

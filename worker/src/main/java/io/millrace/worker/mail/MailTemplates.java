package io.millrace.worker.mail;

import java.util.Locale;
import java.util.Map;

import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The texts of mail, in the files {@code templates/mail/<name>.txt} and {@code <name>.html}; Thymeleaf tells their mode by
 * the ending. In the HTML one it escapes what it inserts; the plain one has nothing to escape and inserts with
 * {@code [(${...})]}.
 */
@Component
final class MailTemplates {

    private final ITemplateEngine engine;

    MailTemplates(ITemplateEngine engine) {
        this.engine = engine;
    }

    /** The letter of this name, with its variables filled in. */
    Letter write(String name, Recipient to, String subject, Map<String, Object> variables) {
        var context = new Context(Locale.ROOT, variables);
        return new Letter(to, subject, engine.process("mail/" + name + ".txt", context),
                engine.process("mail/" + name + ".html", context));
    }
}

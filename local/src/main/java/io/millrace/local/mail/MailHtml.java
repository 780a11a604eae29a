package io.millrace.local.mail;

import java.util.List;
import java.util.Map;

import org.springframework.web.util.HtmlUtils;

/** The page of caught mails. Every value in it came from outside and is escaped. */
final class MailHtml {

    private MailHtml() {
    }

    static String page(List<CaughtMail> mails) {
        var body = new StringBuilder();
        mails.forEach(mail -> body.append(mail(mail)));
        var found = mails.isEmpty() ? "Nothing yet." : "The newest come first; nothing was delivered to anybody.";
        return """
               <!doctype html>
               <html lang="en">
               <head>
               <meta charset="utf-8">
               <title>Caught mail (%d)</title>
               <meta name="viewport" content="width=device-width, initial-scale=1">
               <style>
               body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
               details { border-top: 1px solid #ccc; padding: .6rem 0; }
               summary { cursor: pointer; overflow-wrap: anywhere; }
               pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f5f5f5; padding: .8rem; }
               iframe { width: 100%%; height: 20rem; border: 1px solid #ccc; background: #fff; }
               </style>
               </head>
               <body>
               <h1>Caught mail</h1>
               <p>%s The same as <a href="/messages">JSON</a>. Reload for newer ones.</p>
               %s</body>
               </html>
               """.formatted(mails.size(), found, body);
    }

    private static String mail(CaughtMail mail) {
        var parts = new StringBuilder();
        if (mail.text() != null) {
            parts.append("<h2>Text</h2>\n<pre>").append(escaped(mail.text())).append("</pre>\n");
        }
        if (mail.html() != null) {
            parts.append("<h2>HTML</h2>\n<iframe sandbox loading=\"lazy\" title=\"HTML\" src=\"/messages/")
                    .append(escaped(mail.id())).append("/html\"></iframe>\n");
        }
        var subject = mail.subject().isBlank() ? "(no subject)" : mail.subject();
        return """
               <details>
               <summary><strong>%s</strong> to %s from %s</summary>
               %s<h2>Headers</h2>
               <pre>%s</pre>
               </details>
               """.formatted(escaped(subject), escaped(mail.to()), escaped(mail.from()), parts,
                escaped(headers(mail.headers())));
    }

    private static String headers(Map<String, String> headers) {
        var text = new StringBuilder();
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}

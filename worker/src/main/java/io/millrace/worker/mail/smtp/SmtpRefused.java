package io.millrace.worker.mail.smtp;

import java.util.Locale;
import java.util.Map;
import jakarta.mail.internet.InternetAddress;

/** The mail server said no. Certain: nothing was accepted. */
public final class SmtpRefused extends SmtpException {

    private static final long serialVersionUID = 1;

    /** What was refused. */
    public enum Stage {
        CONNECTION,
        /** No TLS came about: it is not offered, it failed, or the certificate is not trusted. */
        TLS, LOGIN, SENDER,
        /** All of them. */
        RECIPIENTS,
        /** Also where it is called too large as early as MAIL FROM. */
        MESSAGE;

        private String said() {
            return this == TLS ? "TLS" : this == RECIPIENTS ? "recipient" : name().toLowerCase(Locale.ROOT);
        }
    }

    private final Stage stage;
    private final transient SmtpReply reply;
    private final transient Map<InternetAddress, SmtpReply> refused;

    private SmtpRefused(String message, Stage stage, SmtpReply reply, Map<InternetAddress, SmtpReply> refused) {
        super(message);
        this.stage = stage;
        this.reply = reply;
        this.refused = Map.copyOf(refused);
    }

    static SmtpRefused at(Stage stage, SmtpReply reply, String server) {
        return new SmtpRefused(words(stage, reply, server), stage, reply, Map.of());
    }

    /** Where no reply says it. */
    static SmtpRefused because(String words, Stage stage) {
        return new SmtpRefused(words, stage, SmtpReply.NONE, Map.of());
    }

    static SmtpRefused of(Map<InternetAddress, SmtpReply> recipients, String server) {
        var reply = recipients.values().stream().filter(one -> !one.isPermanent()).findFirst()
                .orElseGet(() -> recipients.values().iterator().next());
        return new SmtpRefused(words(Stage.RECIPIENTS, reply, server), Stage.RECIPIENTS, reply, recipients);
    }

    private static String words(Stage stage, SmtpReply reply, String server) {
        return server + (reply.code() >= 500 ? " refused" : " deferred") + " the " + stage.said() + ": "
                + reply.codes();
    }

    /**
     * Whether it is our login that is refused; also where a server lets us in and then asks for one. A 4xx is its own trouble, which
     * passes; of a recipient or the message such a code means this mail alone.
     */
    public boolean isOfTheLogin() {
        return switch (stage) {
            case LOGIN -> reply.code() == 0 || reply.code() >= 500;
            case CONNECTION, SENDER -> reply.isOfTheLogin();
            case TLS, RECIPIENTS, MESSAGE -> false;
        };
    }

    public Stage stage() {
        return stage;
    }

    /**
     * Of several recipients that of the first one that is worth another try, or else of the first; with the code 0 where there was
     * none, which may be so with {@link Stage#TLS} and {@link Stage#LOGIN}: the message says why.
     */
    public SmtpReply reply() {
        return reply;
    }

    /** Every recipient, with {@link Stage#RECIPIENTS}; otherwise empty. */
    public Map<InternetAddress, SmtpReply> refused() {
        return refused;
    }
}

package io.millrace.worker.mail.smtp;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import io.millrace.worker.mail.smtp.SmtpRefused.Stage;

/** Why a connection did not come about. */
record FailedOpening(MailServer server, boolean isCut) {

    /**
     * @param asked
     *            the verb of the last command; empty before the first
     * @param answer
     *            what was answered last
     */
    SmtpException explain(MessagingException failure, String asked, SmtpReply answer, boolean offersStartTls) {
        if (answer.isRefusal()) {
            return SmtpRefused.at(stage(asked), answer, server.toString());
        }
        if (failure instanceof AuthenticationFailedException && NoAnswer.in(failure, java.io.IOException.class) == null
                && answer.isPositive()) {
            return SmtpRefused.because("the " + server + " offers no way to log in that Millrace knows", Stage.LOGIN);
        }
        if (isAboutTls(failure)) {
            return SmtpRefused.because(tlsFailure(failure), Stage.TLS);
        }
        if (answer.isPositive() && server.isTlsRequired() && !server.isTlsFromTheStart() && !offersStartTls) {
            return SmtpRefused.because("the " + server
                    + " offers no STARTTLS; set millrace.mail.tls=off only for a server on this machine", Stage.TLS);
        }
        return new SmtpUnreachable(server + ": " + NoAnswer.reason(failure, isCut));
    }

    private static Stage stage(String asked) {
        return switch (asked) {
            case "STARTTLS" -> Stage.TLS;
            case "AUTH" -> Stage.LOGIN;
            default -> Stage.CONNECTION;
        };
    }

    private boolean isAboutTls(MessagingException failure) {
        return !isCut && NoAnswer.in(failure, SSLException.class) != null
                && NoAnswer.in(failure, EOFException.class) == null
                && NoAnswer.in(failure, SocketException.class) == null
                && NoAnswer.in(failure, SocketTimeoutException.class) == null;
    }

    private String tlsFailure(MessagingException failure) {
        var certificate = NoAnswer.in(failure, CertificateException.class);
        return certificate == null
                ? "no TLS with the " + server + ": " + NoAnswer.reason(failure, false)
                : "the " + server + " shows a certificate that is not trusted: "
                        + NoAnswer.withoutAddress(certificate);
    }
}

package io.millrace.worker.mail;

import java.util.List;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

import io.millrace.jobs.tracing.FailureKind;
import io.millrace.worker.mail.smtp.DataSteps;
import io.millrace.worker.mail.smtp.Delivery;
import io.millrace.worker.mail.smtp.MailTransport;
import io.millrace.worker.mail.smtp.SmtpException;

/**
 * Sending as it is measured and traced: to how many, and of a failure its kind. No address, and no reply of the server's, which may repeat
 * one.
 */
final class ObservedTransport implements MailTransport {

    private final MailTransport transport;
    private final ObservationRegistry observations;

    ObservedTransport(MailTransport transport, ObservationRegistry observations) {
        this.transport = transport;
        this.observations = observations;
    }

    @Override
    public Delivery send(MimeMessage message, List<InternetAddress> recipients, DataSteps steps)
            throws SmtpException, InterruptedException {
        var observation = Observation.createNotStarted("millrace.mail.send", ObservedTransport::call, observations)
                .contextualName("send mail")
                .highCardinalityKeyValue("millrace.mail.recipients", String.valueOf(recipients.size())).start();
        try (var _ = observation.openScope()) {
            var delivery = transport.send(message, recipients, steps);
            observation.highCardinalityKeyValue("millrace.mail.refused", String.valueOf(delivery.refused().size()));
            return delivery;
        } catch (SmtpException | InterruptedException | RuntimeException | Error e) {
            observation.error(FailureKind.of(e));
            throw e;
        } finally {
            observation.stop();
        }
    }

    /** Of another server, to which no header of the trace is given. */
    private static SenderContext<MimeMessage> call() {
        return new SenderContext<>((_, _, _) -> {
        }, Kind.CLIENT);
    }
}

package io.millrace.worker.mail;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.worker.mail.StoredMail.Outcome;
import io.millrace.worker.mail.StoredMail.State;
import io.millrace.worker.mail.StoredMail.Told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Two runs of one job, of which the first was overtaken by the second. */
class MailLedgerTest {

    private static final Told WAITING = new Told(Outcome.WAITING, "450");
    private static final Told REFUSED = new Told(Outcome.REFUSED, "550");

    private final MailLedger ledger = new MailLedger(Postmen.DATABASE, new SendingSettings(Map.of(),
            Duration.ofMinutes(1), Duration.ofMinutes(30), Duration.ofDays(7), Duration.ofMinutes(10)));
    private final UUID id = UUID.randomUUID();

    @Test
    void keepsWhatTheSecondFoundOutOfTwoRecipients() {
        var first = ledger.open(id, "send-email", "<" + id + "@millrace.example>");
        var second = ledger.read(first.key());
        ledger.move(second, State.PENDING, "later", null,
                Map.of("ann@example.org", WAITING, "bob@example.org", REFUSED));

        assertThatExceptionOfType(MailOvertaken.class)
                .isThrownBy(() -> ledger.move(first, State.FAILED, "refused", null,
                        Map.of("ann@example.org", REFUSED)));

        var now = ledger.read(first.key());
        assertThat(now.state()).isEqualTo(State.PENDING);
        assertThat(now.recipients())
                .isEqualTo(Map.of("ann@example.org", WAITING, "bob@example.org", REFUSED));
    }

    @Test
    void takesThatItWasAcceptedFromTheFirstUnlessTheSecondHasBegunToSend() {
        var first = ledger.move(ledger.open(id, "send-email", "<" + id + "@millrace.example>"), State.SENDING, null,
                null, Map.of());
        ledger.move(ledger.read(first.key()), State.UNKNOWN, "lost", null, Map.of());

        var sent = ledger.move(first, State.SENT, null, Postmen.NOW, Map.of("ann@example.org", Told.ACCEPTED));

        assertThat(ledger.read(first.key())).isEqualTo(sent);
    }
}

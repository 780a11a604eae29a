package io.millrace.local.mail;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CaughtMailsTest {

    private final CaughtMails mails = new CaughtMails(3);

    @Test
    void showsTheNewestFirstAndDropsTheOldest() {
        for (int i = 1; i <= 5; i++) {
            mails.add(mail("" + i, "someone@example.org", "short"));
        }

        assertThat(mails.all()).extracting(CaughtMail::id).containsExactly("5", "4", "3");
        assertThat(mails.find("4")).isPresent();
        assertThat(mails.find("1")).isEmpty();
    }

    @Test
    void dropsTheOldestWhenTheyAreTooLargeTogether() {
        var large = "x".repeat(20 * 1024 * 1024);

        mails.add(mail("1", "someone@example.org", large));
        mails.add(mail("2", "someone@example.org", large));

        assertThat(mails.all()).extracting(CaughtMail::id).containsExactly("2");
    }

    @Test
    void waitsForAMailThatIsYetToCome() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads
                    .submit(() -> mails.await(mail -> mail.isFor("Ada@example.org"), Duration.ofSeconds(20)));
            mails.add(mail("1", "grace@example.org", "not for Ada"));
            mails.add(mail("2", "bob@example.org, ada@example.org", "for both"));

            assertThat(waiting.get()).extracting(CaughtMail::id).containsExactly("2");
        }
    }

    @Test
    void givesUpWhenTheWaitIsOver() throws Exception {
        assertThat(mails.await(mail -> true, Duration.ofMillis(20))).isEmpty();
    }

    private static CaughtMail mail(String id, String to, String text) {
        return new CaughtMail(id, "from@example.org", to, "subject", text, null, Map.of());
    }
}

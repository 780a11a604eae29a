package io.millrace.worker.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import jakarta.mail.MessagingException;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.testkit.FreePort;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that runs while its mail server stops in the middle of many dialogues, and comes back. */
class MailServerGoneTest {

    private static final int MAILS = 300;
    private static final int MEANWHILE = 20;
    /** How many dialogues may be broken off at once: the worker's default concurrency. */
    private static final int AT_ONCE = 16;
    private static final Duration AWAY = Duration.ofSeconds(3);

    private final int port = FreePort.find();
    private final WorkerUnderTest worker = WorkerUnderTest.start("spring.mail.host=127.0.0.1",
            "spring.mail.port=" + port, "millrace.jobs.types.send-email.back-off=PT0.5S",
            "millrace.jobs.types.send-email.max-back-off=PT1S", "millrace.mail.from=hello@millrace.example");
    private final JobQueue queue = worker.bean(JobQueue.class);
    private GreenMail server = started();

    @AfterEach
    void stop() {
        worker.close();
        server.stop();
    }

    @Test
    void costsAttemptsAndNoMail() throws Exception {
        var ids = enqueue(MAILS);
        var before = server.getManagers();
        Awaitility.await().until(() -> !messageIds(before).isEmpty());

        server.stop();
        var meanwhile = enqueue(MEANWHILE);
        Awaitility.await().pollDelay(AWAY).atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(status(meanwhile.getLast()).state()).isIn(State.SCHEDULED, State.ENQUEUED, State.PROCESSING);
            assertThat(String.valueOf(status(meanwhile.getLast()).error())).contains("MailServerUnreachable");
        });
        server = started();

        ids.addAll(meanwhile);
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(
                () -> assertThat(ids).extracting(id -> status(id).state()).containsOnly(State.SUCCEEDED));
        assertThat(meanwhile).allMatch(id -> status(id).attempt() > 1);
        var after = messageIds(server.getManagers());
        assertThat(after).as("those of the meantime came once").containsAll(messageIdsOf(meanwhile));
        assertThat(meanwhile).allMatch(id -> Collections.frequency(after, messageId(id)) == 1);
        var all = new ArrayList<>(messageIds(before));
        all.addAll(after);
        assertThat(new HashSet<>(all)).isEqualTo(new HashSet<>(messageIdsOf(ids)));
        assertThat(all.size() - ids.size()).as("sent again, with the same Message-ID").isBetween(0, AT_ONCE);
    }

    private List<UUID> enqueue(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> queue.enqueue(new SendEmail("ann@example.org", "Mail " + i, "text", null))).toList());
    }

    private JobStatus status(UUID id) {
        return queue.find(id).orElseThrow();
    }

    private static List<String> messageIdsOf(List<UUID> jobs) {
        return jobs.stream().map(MailServerGoneTest::messageId).toList();
    }

    private static String messageId(UUID job) {
        return "<" + job + "@millrace.example>";
    }

    private GreenMail started() {
        var fresh = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        fresh.start();
        return fresh;
    }

    /** Also of a server that has stopped. */
    private static List<String> messageIds(Managers server) throws MessagingException {
        var ids = new ArrayList<String>();
        for (var stored : server.getImapHostManager().getAllMessages()) {
            ids.add(stored.getMimeMessage().getMessageID());
        }
        return ids;
    }
}

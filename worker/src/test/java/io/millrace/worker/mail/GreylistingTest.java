package io.millrace.worker.mail;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A running worker and a mail server that wants to see everybody again before it takes anything for them. */
class GreylistingTest {

    private static final int MAILS = 20;

    private final ScriptedSmtp server = new ScriptedSmtp();
    private final WorkerUnderTest worker = WorkerUnderTest.start("spring.mail.host=127.0.0.1",
            "spring.mail.port=" + server.port(), "millrace.redis.url=redis://127.0.0.1:1",
            "millrace.jobs.types.send-email.back-off=PT0.2S", "millrace.jobs.types.send-email.max-back-off=PT0.4S");
    private final JobQueue queue = worker.bean(JobQueue.class);

    @AfterEach
    void stop() {
        worker.close();
        server.close();
    }

    @Test
    void costsTwoAttemptsEachAndNobodyAMailOrASecondOne() {
        IntStream.range(0, MAILS).forEach(i -> server.answeringOnce("RCPT TO:<" + address(i) + ">",
                "451 4.7.1 <" + address(i) + "> greylisted, come back", "450 4.2.0 too early"));

        List<UUID> ids = IntStream.range(0, MAILS)
                .mapToObj(i -> queue.enqueue(new SendEmail(address(i), "Lunch?", "At noon.", null))).toList();

        Awaitility.await().untilAsserted(
                () -> assertThat(ids).extracting(id -> job(id).state()).containsOnly(State.SUCCEEDED));
        assertThat(ids).extracting(id -> job(id).attempt()).containsOnly(3);
        assertThat(server.messages()).hasSize(MAILS);
        assertThat(ids).allMatch(id -> server.messages().stream()
                .filter(message -> message.contains("Message-ID: <" + id + "@")).count() == 1);
    }

    private static String address(int i) {
        return "user" + i + "@example.org";
    }

    private JobStatus job(UUID id) {
        return queue.find(id).orElseThrow();
    }
}

package io.millrace.dashboard.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.QueueRate;
import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;

class QueueRowTest {

    @Test
    void sumsUpWhatLivingWorkersCanRunOfAQueue() {
        var workers = List.of(worker(16, true), worker(100, true, "mail=64", "files"), worker(8, true, "files=2"),
                worker(4, true, "mail=64"), worker(500, false));

        assertThat(WorkerSlots.of("mail", workers)).isEqualTo(16 + 64 + 4);
        assertThat(WorkerSlots.of("files", workers)).isEqualTo(16 + 100 + 2);
        assertThat(WorkerSlots.of("mai", workers)).isEqualTo(16);
    }

    @Test
    void showsAQueueInWords() {
        var row = QueueRow.of(new QueueStatus("mail", false, new QueueRate(100, Duration.ofSeconds(1)), 1_204, 12, 3, 7,
                Duration.ofSeconds(200), 280, 300), List.of(worker(48, true)));

        assertThat(row.waiting()).isEqualTo("1,204");
        assertThat(row.oldest()).isEqualTo("3 min 20 s");
        assertThat(row.running()).isEqualTo("12 of 48");
        assertThat(row.busy()).isEqualTo(25);
        assertThat(row.rate()).isEqualTo("100 per 1 s");
        assertThat(row.in()).isEqualTo("300");
        assertThat(row.unserved()).isFalse();
        assertThat(row.anyFailed()).isTrue();
    }

    @Test
    void marksAQueueInWhichJobsWaitForNobody() {
        var waiting = new QueueStatus("mail", false, null, 1, 0, 0, 0, Duration.ofSeconds(1), 0, 0);
        var paused = new QueueStatus("mail", true, null, 1, 0, 0, 0, Duration.ofSeconds(1), 0, 0);

        assertThat(QueueRow.of(waiting, List.of(worker(8, true, "files"))).unserved()).isTrue();
        assertThat(QueueRow.of(paused, List.of()).unserved()).isFalse();
    }

    private static WorkerStatus worker(int slots, boolean alive, String... queues) {
        return new WorkerStatus(UUID.randomUUID(), "worker", null, null, List.of(queues), slots, 0, Instant.EPOCH,
                Instant.EPOCH, alive);
    }
}

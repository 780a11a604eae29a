package io.millrace.dashboard.pages;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.WorkerStatus;

/**
 * A queue as its line shows it.
 *
 * @param running
 *            {@code 12 of 64}
 * @param busy
 *            how much of its slots that is, from 0 to 100
 * @param unserved
 *            whether jobs wait and no living worker takes any from it
 * @param rate
 *            null if it has none
 */
record QueueRow(String name, boolean paused, boolean unserved, String waiting, String scheduled, String oldest,
        String in,
        String out, String running, int busy, String failed, boolean anyFailed, @Nullable String rate) {

    static QueueRow of(QueueStatus queue, List<WorkerStatus> workers) {
        int slots = WorkerSlots.of(queue.name(), workers);
        var rate = queue.rate();
        return new QueueRow(queue.name(), queue.paused(), slots == 0 && queue.enqueued() > 0 && !queue.paused(),
                HumanText.number(queue.enqueued()), HumanText.number(queue.scheduled()),
                HumanText.duration(queue.oldestEnqueuedAge()), HumanText.number(queue.enqueuedPerMinute()),
                HumanText.number(queue.processedPerMinute()),
                HumanText.number(queue.processing()) + " of " + HumanText.number(slots),
                slots == 0 ? 0 : (int) Math.min(100, 100 * queue.processing() / slots),
                HumanText.number(queue.failed()), queue.failed() > 0,
                rate == null ? null : HumanText.number(rate.jobs()) + " per " + HumanText.duration(rate.per()));
    }
}

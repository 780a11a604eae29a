package io.millrace.jobs.sample;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobLost;

/** Copies, page by page, and goes on where it has stopped. */
@Component
public class CopyBookHandler implements JobHandler<CopyBook, CopyBook.Copied> {

    private static final int MORE_THAN_ANYBODY_KEEPS = 600_000;

    private final AtomicInteger lookingUp = new AtomicInteger();
    private final Semaphore back = new Semaphore(0);
    private final Set<UUID> refused = ConcurrentHashMap.newKeySet();

    @Override
    public CopyBook.Copied handle(CopyBook job, JobExecution execution) {
        int from = execution.loadCheckpoint(CopyBook.Page.class).map(CopyBook.Page::number).orElse(0);
        execution.log(execution.type() + " " + execution.id() + " goes on after page " + from);
        if (job.how().equals(CopyBook.BY_HEART)) {
            execution.saveCheckpoint("\u00e4".repeat(MORE_THAN_ANYBODY_KEEPS));
        }
        for (int page = from + 1; page <= CopyBook.PAGES; page++) {
            execution.progress(page, CopyBook.PAGES);
            save(execution, page);
            if (page == CopyBook.PAGES / 2) {
                pause(job, execution);
            }
        }
        execution.log("done");
        return new CopyBook.Copied(job.number(), from, execution.attempt());
    }

    private void save(JobExecution execution, int page) {
        try {
            execution.saveCheckpoint(new CopyBook.Page(page));
        } catch (JobLost e) {
            refused.add(execution.id());
            throw e;
        }
    }

    private void pause(CopyBook job, JobExecution execution) {
        switch (job.how()) {
            case CopyBook.TIRED_AT_PAGE_FIVE -> throw new IllegalStateException("tired");
            case CopyBook.LOOKING_UP_AT_PAGE_FIVE -> {
                lookingUp.incrementAndGet();
                back.acquireUninterruptibly();
            }
            default -> execution.log("half way");
        }
    }

    /** How many have looked up so far. */
    public int lookingUp() {
        return lookingUp.get();
    }

    /** Those whose checkpoint was refused, because they are another run's. */
    public Set<UUID> refused() {
        return refused;
    }

    /** Lets one go on that looks up. */
    public void comeBack() {
        back.release();
    }
}

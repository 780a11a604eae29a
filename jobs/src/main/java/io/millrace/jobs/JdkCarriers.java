package io.millrace.jobs;

import java.lang.management.ManagementFactory;
import java.util.Objects;

import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On how many threads of the operating system's the JDK runs virtual ones. A run-time may lack what this needs. */
final class JdkCarriers {

    private static final Logger LOG = LoggerFactory.getLogger(JdkCarriers.class);
    /** The JDK's default for the most that there may ever be, less some for those that pin theirs. */
    private static final int MOST = 128;

    private final VirtualThreadSchedulerMXBean scheduler = Objects.requireNonNull(
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class), "no bean of the scheduler");
    private final int usual = scheduler.getParallelism();

    /** As it was at first. */
    int usual() {
        return usual;
    }

    /** How many more than usual it may use. */
    int mostMore() {
        return Math.max(0, MOST - usual);
    }

    /** Returns false if the JDK does not let it use so many more than usual. */
    boolean use(int more) {
        int before = scheduler.getParallelism();
        try {
            scheduler.setParallelism(usual + more);
        } catch (RuntimeException e) {
            LOG.warn("this JDK does not use {} carrier threads ({}); it goes on with {}", usual + more, e.toString(),
                    before);
            return false;
        }
        if (usual + more > before) {
            hireOne();
        }
        return true;
    }

    /** The JDK starts a carrier when a queue of its scheduler was empty: that of a thread which is new, very likely. */
    private static void hireOne() {
        Thread.ofPlatform().daemon().name("job-carriers-hire").start(() -> Thread.ofVirtual().start(() -> {
        }));
    }
}

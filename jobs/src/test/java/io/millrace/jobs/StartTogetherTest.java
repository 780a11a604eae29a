package io.millrace.jobs;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;

import org.jobrunr.storage.JobRunrMetadata;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers that start at the same moment each write what JobRunr keeps of the cluster, and none may fail for another's sake. */
class StartTogetherTest {

    private static final int SERVERS = 8;

    @Test
    void writeTheSameOfTheCluster() throws Exception {
        try (var tables = new StoreTables(); var threads = Executors.newFixedThreadPool(SERVERS)) {
            for (int round = 0; round < 25; round++) {
                String name = "version-" + round;
                var together = new CyclicBarrier(SERVERS);
                var starts = new ArrayList<Callable<Void>>();
                for (int server = 0; server < SERVERS; server++) {
                    starts.add(() -> {
                        together.await();
                        tables.store.saveMetadata(new JobRunrMetadata(name, "cluster", "6.0.0"));
                        return null;
                    });
                }
                for (var start : threads.invokeAll(starts)) {
                    start.get();
                }
                assertThat(tables.store.getMetadata(name)).singleElement()
                        .returns("6.0.0", JobRunrMetadata::getValue);
            }
        }
    }
}

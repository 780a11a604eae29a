package io.millrace.jobs;

import java.util.List;
import java.util.random.RandomGenerator;

import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.utils.mapper.JsonMapper;

/** Makes JobRunr's server; a server that stopped itself cannot be trusted again, so each start gets a new one. */
final class JobServerFactory {

    private final JobStore store;
    private final JsonMapper json;
    private final JobActivator activator;
    private final JobTypes types;
    private final JobHandlers handlers;
    private final JobWorkerProperties settings;
    private final WorkerTables tables;

    JobServerFactory(JobStore store, JsonMapper json, JobActivator activator, JobTypes types,
            JobHandlers handlers, JobWorkerProperties settings, WorkerTables tables) {
        this.store = store;
        this.json = json;
        this.activator = activator;
        this.types = types;
        this.handlers = handlers;
        this.settings = settings;
        this.tables = tables;
    }

    JobServer newServer() {
        // The clock learns the database's time from this, and the first job may fail before anybody else has looked.
        store.untilNextDue();
        var configuration = BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andName(name()).andPollInterval(settings.pollInterval())
                .andBackgroundJobServerWorkerPolicy(
                        new WorkerSlots(settings.concurrency(), QueueSubscription.of(settings.queues())))
                .andDeleteSucceededJobsAfter(settings.deleteSucceededAfter())
                .andPermanentlyDeleteDeletedJobsAfter(settings.purgeDeletedAfter())
                .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(settings.stopTimeout());
        var server = new JobServer(store, json, activator, configuration, tables);
        server.setJobFilters(List.of(new BackOffFilter(types, handlers, store.clock(), RandomGenerator.getDefault())));
        return server;
    }

    private String name() {
        if (!settings.name().isEmpty()) {
            return settings.name();
        }
        return WorkerFacts.hostName().orElse("worker") + "-" + ProcessHandle.current().pid();
    }
}

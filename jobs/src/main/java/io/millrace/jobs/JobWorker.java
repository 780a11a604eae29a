package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs jobs from the moment everything else has started until before anything else stops, so that handlers find their
 * mail, database and Redis pools open to the last. JobRunr's server stops itself for good when the database is away for a
 * while; this starts a new one as soon as the database answers again.
 */
final class JobWorker implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    private static final Duration CHECK = Duration.ofSeconds(1);
    private static final int DATABASE_ANSWERS_WITHIN_SECONDS = 2;

    private final JobServerFactory servers;
    private final DataSource dataSource;
    private final WakeUp wakeUp;
    private final JobStore store;
    private final Supplier<Housekeeping> newHousekeeping;
    private final DueSchedules due;
    private final boolean autoStart;
    private volatile @Nullable JobServer server;
    private @Nullable WakeUpListener listener;
    private @Nullable Housekeeping housekeeping;
    private volatile @Nullable RunSchedules schedules;
    private @Nullable Thread supervisor;
    private CarrierThreads.@Nullable Use carriers;

    JobWorker(JobServerFactory servers, DataSource dataSource, WakeUp wakeUp, JobStore store,
            Supplier<Housekeeping> newHousekeeping, DueSchedules due, boolean autoStart) {
        this.servers = servers;
        this.dataSource = dataSource;
        this.wakeUp = wakeUp;
        this.store = store;
        this.newHousekeeping = newHousekeeping;
        this.due = due;
        this.autoStart = autoStart;
    }

    @Override
    public synchronized void start() {
        startServer();
        carriers = CarrierThreads.use();
        schedules = new RunSchedules(due, wakeUp.channel().isPresent());
        listener = new WakeUpListener(dataSource, wakeUp, store, new OfTheServer());
        housekeeping = newHousekeeping.get();
        housekeeping.start();
        supervisor = Thread.ofPlatform().daemon().name("job-worker-supervisor").start(this::supervise);
    }

    @Override
    public synchronized void stop() {
        var running = server;
        if (running != null) {
            LOG.info("taking no new jobs; waiting for the running ones");
            running.takeNoMore();
        }
        if (supervisor != null) {
            supervisor.interrupt();
            supervisor = null;
        }
        if (housekeeping != null) {
            housekeeping.close();
            housekeeping = null;
        }
        var looking = schedules;
        if (looking != null) {
            looking.close();
            schedules = null;
        }
        if (running != null) {
            new StopServer(running, this::databaseAnswers).stop();
            server = null;
        }
        // To the last: it may hear what concerns a job that still runs.
        if (listener != null) {
            listener.close();
            listener = null;
        }
        if (carriers != null) {
            carriers.close();
            carriers = null;
        }
    }

    @Override
    public boolean isAutoStartup() {
        return autoStart;
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** After everything, and the first to stop: also before the web server's graceful stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    /** The one that runs now. */
    Optional<JobServer> server() {
        return Optional.ofNullable(server);
    }

    private void startServer() {
        var fresh = servers.newServer();
        fresh.start();
        server = fresh;
    }

    private void supervise() {
        try {
            while (true) {
                Thread.sleep(CHECK);
                restartUnlessItRuns();
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer supervising: stopping");
        }
    }

    private void restartUnlessItRuns() throws InterruptedException {
        try {
            restartIfItGaveUp();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn("no new job server could be started ({}); trying again in {}", e.toString(), CHECK);
        }
    }

    private void restartIfItGaveUp() throws InterruptedException {
        var running = server;
        if (running == null || running.isRunning() || !databaseAnswers()) {
            return;
        }
        LOG.warn("the job server gave up; starting a new one");
        // Until its last job has ended or was interrupted: two servers would take twice the jobs.
        running.stop();
        synchronized (this) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (running.equals(server)) {
                startServer();
            }
        }
    }

    private boolean databaseAnswers() {
        try (var connection = dataSource.getConnection()) {
            return connection.isValid(DATABASE_ANSWERS_WITHIN_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** The one that runs now. */
    private final class OfTheServer implements WakeUpListener.Ears {

        @Override
        public void mayBeWork() {
            tell(JobServer::lookForWork);
        }

        @Override
        public void stop(StopOrder order) {
            tell(running -> running.underWay().stop(order));
        }

        @Override
        public void schedulesChanged() {
            var looking = schedules;
            if (looking != null) {
                looking.lookSoon();
            }
        }

        @Override
        public void mayHaveMissedOrders() {
            tell(JobServer::lookAfterItsJobs);
            schedulesChanged();
        }

        private void tell(Consumer<JobServer> what) {
            var running = server;
            if (running != null) {
                what.accept(running);
            }
        }
    }
}

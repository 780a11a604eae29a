package io.millrace.core.files;

import java.time.Duration;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Sweeps from time to time, in every process that knows files. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class FileSweepSchedule implements SchedulingConfigurer {

    private final UnfinishedFiles unfinished;
    private final ExpiredFiles expired;
    private final Duration interval;

    FileSweepSchedule(UnfinishedFiles unfinished, ExpiredFiles expired, FilesProperties properties) {
        this.unfinished = unfinished;
        this.expired = expired;
        this.interval = properties.sweepInterval();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(new FixedDelayTask(unfinished::sweep, interval, interval));
        registrar.addFixedDelayTask(new FixedDelayTask(expired::sweep, interval, interval));
    }
}

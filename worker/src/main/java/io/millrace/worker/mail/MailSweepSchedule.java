package io.millrace.worker.mail;

import java.time.Duration;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Sweeps from time to time, in every worker. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class MailSweepSchedule implements SchedulingConfigurer {

    private final MailSweep mails;
    private final Duration interval;

    MailSweepSchedule(MailSweep mails, SendingSettings settings) {
        this.mails = mails;
        this.interval = settings.sweepInterval();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(new FixedDelayTask(mails::sweep, interval, interval));
    }
}

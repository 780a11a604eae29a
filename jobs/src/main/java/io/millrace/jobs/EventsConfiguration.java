package io.millrace.jobs;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who is told of what happens to jobs, in every process. */
@Configuration(proxyBeanMethods = false)
@Import(WorkerLoadConfiguration.class)
class EventsConfiguration {

    @Bean
    TellEvents tellEvents(ObjectProvider<JobEvents> listeners) {
        return new TellEvents(listeners::orderedStream);
    }
}

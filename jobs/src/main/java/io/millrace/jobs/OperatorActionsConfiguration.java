package io.millrace.jobs;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OperatorActionsConfiguration {

    @Bean
    OperatorActions operatorActions(DataSource dataSource, JobsSchema schema) {
        return new OperatorActions(dataSource, schema);
    }
}

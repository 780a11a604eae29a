package io.millrace.core.files;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores that the settings speak of. */
@Configuration(proxyBeanMethods = false)
class ContentStoresConfiguration {

    @Bean
    ContentStores contentStores(JdbcClient jdbc) {
        var postgres = new PostgresContent(jdbc);
        return new ContentStores(jdbc, postgres, List.of(postgres));
    }
}

package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class FiguresAutoConfigurationTest {

    private final String url = TestPostgres.newDatabase();

    @Test
    void writesWhatHappenedAtTheLatestWhenTheProcessStops() {
        try (var process = start()) {
            process.getBean(CountEvents.class).enqueued("ship-order", "default", 3);
            process.getBean(CountEvents.class).enqueued("nobody-knows", "default", 4);
        }

        assertThat(JdbcClient.create(TestPostgres.dataSource(url))
                .sql("select type, enqueued from millrace_jobs.new_job_figures order by type").query().listOfRows())
                .containsExactly(Map.of("type", "ship-order", "enqueued", 3L),
                        Map.of("type", "unknown", "enqueued", 4L));
    }

    @Test
    void looksAtTheClusterAndHasGaugesOfItWhereTheSettingsSaySo() {
        try (var process = start("millrace.jobs.figures.cluster=true")) {
            var registry = process.getBean(MeterRegistry.class);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> registry.find("millrace.queue.waiting").tag("queue", "shipping").gauge() != null);

            assertThat(process.getBean(ClusterFigures.class).latest()).isPresent();
            assertThat(process.getBean(JobFigures.class).byType(Duration.ofHours(1))).isEmpty();
        }
    }

    @Test
    void leavesThatToOthersUnlessTheSettingsSaySo() {
        try (var process = start("millrace.jobs.figures.enabled=false")) {
            assertThat(process.getBean(ClusterFigures.class).latest()).isEmpty();
            assertThat(process.getBean(MeterRegistry.class).find("millrace.workers").gauge()).isNull();
            assertThat(process.getBeansOfType(CountEvents.class)).isEmpty();
            assertThat(process.getBeansOfType(InTheBackground.class)).isEmpty();
        }
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("millrace.jobs.figures",
                FigureProperties.class)).isEqualTo(new FigureProperties(true, false));
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(ShopApplication.class, Meters.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + url).properties(properties).run();
    }

    @Configuration(proxyBeanMethods = false)
    static class Meters {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}

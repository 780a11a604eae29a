package io.millrace.benchmarks.pages;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import io.millrace.benchmarks.EngineAlone;
import io.millrace.jobs.MapZones;
import io.millrace.jobs.Turns;
import io.millrace.testkit.TestPostgres;

/** What workers find out about jobs in the minutes after they came, done at once: no worker runs over the jobs of these pages. */
final class ZonesOfJobs {

    private ZonesOfJobs() {
    }

    /** Of all jobs in a database but those of the last ten minutes. */
    static void map(String database) {
        try (var service = new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.location=optional:classpath:none/",
                        "logging.level.root=warn", "spring.datasource.url=" + database,
                        "spring.datasource.username=" + TestPostgres.USER,
                        "millrace.jobs.packages=" + ZonesOfJobs.class.getPackageName())
                .run()) {
            var zones = service.getBean(MapZones.class);
            // The first says only that the transactions of now are to be over.
            boolean begun = false;
            boolean done = false;
            while (!begun || !done) {
                var turn = zones.map(Turns.REAL);
                begun |= turn.rows() > 0;
                done = turn.done();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EngineAlone
    static class Service {
    }
}

package io.millrace.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.millrace.local.mail.MailCatcher;
import io.millrace.local.servers.DataFolder;
import io.millrace.local.servers.EmbeddedPostgres;
import io.millrace.local.servers.EmbeddedRedis;
import io.millrace.local.servers.NeededPort;
import io.millrace.local.servers.Secret;

/**
 * Brings up the servers before Spring looks for them and takes them down after Spring has closed, so that jobs end on
 * servers that are still there.
 */
final class StartServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var settings = Binder.get(environment).bindOrCreate("millrace.local", LocalSettings.class);
        var folder = DataFolder.claim(settings.data());
        afterSpring(folder::close);
        EmbeddedPostgres.stopLeftover(folder);
        EmbeddedRedis.stopLeftover(folder);
        NeededPort.requireFree(ports(environment, settings));
        environment.getPropertySources()
                .addFirst(new MapPropertySource("embedded servers", start(folder, settings)));
        environment.getPropertySources().addLast(new MapPropertySource("made in the data folder",
                Map.of("millrace.paging.key", Secret.pagingKey(folder).value(),
                        "millrace.unsubscribe.key", Secret.unsubscribeKey(folder).value(),
                        "millrace.http-call.signing-secrets", Secret.signingSecret(folder).value())));
    }

    private static Map<String, Object> start(DataFolder folder, LocalSettings settings) {
        var properties = new HashMap<String, Object>();
        var mail = MailCatcher.start(settings.smtpPort(), settings.mailPort(), settings.mails());
        afterSpring(mail::close);
        properties.put("spring.mail.host", "127.0.0.1");
        properties.put("spring.mail.port", settings.smtpPort());

        // The stop comes before the start: one that is interrupted or fails must leave nothing running either.
        var postgres = EmbeddedPostgres.prepare(folder, settings.postgresPort());
        afterSpring(postgres::close);
        postgres.start();
        properties.put("spring.datasource.url", postgres.url());
        properties.put("spring.datasource.username", postgres.user());
        properties.put("spring.datasource.password", postgres.password());

        var redis = new EmbeddedRedis(folder, settings.redisPort());
        afterSpring(redis::close);
        redis.start().ifPresent(url -> properties.put("millrace.redis.url", url));
        properties.put("millrace.local.data", folder.path().toString());
        return properties;
    }

    private static void afterSpring(Runnable stop) {
        SpringApplication.getShutdownHandlers().add(stop);
    }

    private static List<NeededPort> ports(ConfigurableEnvironment environment, LocalSettings settings) {
        return List.of(configured(environment, "server.port", "the API"),
                configured(environment, "management.server.port", "the health and metrics page"),
                configured(environment, "millrace.dashboard.port", "the dashboard"),
                new NeededPort(settings.dashboardManagementPort(), "the dashboard's health and metrics page",
                        "millrace.local.dashboard-management-port"),
                new NeededPort(settings.smtpPort(), "the mail catcher", "millrace.local.smtp-port"),
                new NeededPort(settings.mailPort(), "the page of caught mail", "millrace.local.mail-port"),
                new NeededPort(settings.postgresPort(), "Postgres", "millrace.local.postgres-port"),
                new NeededPort(settings.redisPort(), "Redis", "millrace.local.redis-port"));
    }

    private static NeededPort configured(ConfigurableEnvironment environment, String property, String needer) {
        return new NeededPort(environment.getRequiredProperty(property, Integer.class), needer, property);
    }
}

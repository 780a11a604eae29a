package io.millrace.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

import io.millrace.dashboard.DashboardApplication;

/**
 * The dashboard as an application of its own in this process, as it is deployed: what guards its pages has no business in the
 * API's web server. Starts after everything else, on tables that are there, and stops before it.
 */
@Component
final class DashboardBeside implements SmartLifecycle {

    private static final List<String> ITS_SETTINGS = List.of("millrace.dashboard.", "millrace.jobs.schema",
            "spring.security.oauth2.client.");
    private static final List<String> DATABASE = List.of("spring.datasource.url", "spring.datasource.username",
            "spring.datasource.password");

    private final ConfigurableEnvironment environment;
    private @Nullable ConfigurableApplicationContext running;

    DashboardBeside(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public synchronized void start() {
        if (running != null) {
            return;
        }
        var application = new SpringApplication(DashboardApplication.class);
        application.setRegisterShutdownHook(false);
        // It would set up the log of the whole process anew.
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener)).toList());
        try {
            running = application.run(arguments());
        } catch (RuntimeException e) {
            throw new DidNotStart();
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private String[] arguments() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.config.name", "millrace-dashboard");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.main.log-startup-info", "false");
        properties.put("spring.datasource.hikari.pool-name", "dashboard");
        properties.put("spring.datasource.hikari.maximum-pool-size", "3");
        properties.put("spring.datasource.hikari.minimum-idle", "1");
        // Milliseconds, as where it is deployed: a page says soon that the database is away.
        properties.put("spring.datasource.hikari.connection-timeout", "2000");
        properties.put("management.server.address", "127.0.0.1");
        properties.put("management.server.port",
                environment.getRequiredProperty("millrace.local.dashboard-management-port"));
        DATABASE.forEach(name -> properties.put(name, environment.getProperty(name, "")));
        environment.getPropertySources().stream().filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> List.of(((EnumerablePropertySource<?>) source).getPropertyNames()).stream())
                .filter(name -> ITS_SETTINGS.stream().anyMatch(name::startsWith))
                .forEach(name -> properties.put(name, environment.getProperty(name, "")));
        return properties.entrySet().stream().map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    /** The dashboard has told why. */
    static final class DidNotStart extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}

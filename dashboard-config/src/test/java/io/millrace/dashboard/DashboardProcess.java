package io.millrace.dashboard;

import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.testkit.TestPostgres;

/** The whole process on a database of its own, on free ports of the loopback interface. */
public final class DashboardProcess implements AutoCloseable {

    public static final String PASSWORD = "swordfish-and-salt";
    private static final Map<String, String> USUAL = Map.of("--management.server.port", "0",
            "--spring.datasource.username", TestPostgres.USER, "--millrace.dashboard.address", "127.0.0.1",
            "--millrace.dashboard.port", "0", "--spring.main.banner-mode", "off", "--millrace.dashboard.password",
            PASSWORD);

    private final ConfigurableApplicationContext context;

    private DashboardProcess(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** With one operator whose password is {@link #PASSWORD}, unless the settings say otherwise. */
    public static DashboardProcess start(String... settings) {
        return on(TestPostgres.newDatabase(), settings);
    }

    /** The same on a database that is there. */
    public static DashboardProcess on(String database, String... settings) {
        Map<String, String> all = new TreeMap<>(USUAL);
        all.put("--spring.datasource.url", database);
        for (String setting : settings) {
            all.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return new DashboardProcess(SpringApplication.run(DashboardApplication.class,
                all.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toArray(String[]::new)));
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public int port() {
        return port("local.server.port");
    }

    public int managementPort() {
        return port("local.management.port");
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** A browser at that address, as a trusted proxy tells it. */
    public Visitor visitor(String address) {
        return new Visitor(at("/"), address);
    }

    @Override
    public void close() {
        context.close();
    }

    private int port(String property) {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty(property)));
    }
}

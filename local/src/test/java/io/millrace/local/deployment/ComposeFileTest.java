package io.millrace.local.deployment;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No Docker engine runs in this build, so what can be told from the files is. */
class ComposeFileTest {

    /** What each image's jar holds of ours. */
    private static final Map<String, Set<String>> MODULES = Map.of("api", Set.of("api", "core", "jobs"), "worker",
            Set.of("worker", "core", "jobs"), "dashboard", Set.of("dashboard", "jobs"));
    /** A version of at least two numbers; neither {@code latest} nor nothing. */
    private static final String PINNED = "[a-z0-9./-]+:v?\\d+\\.\\d+[\\w.-]*";

    private final ComposeFile compose;

    ComposeFileTest() throws IOException {
        compose = ProjectFiles.readYaml("docker-compose.yml", ComposeFile.class);
    }

    @Test
    void runsEveryPartOfThePlatform() {
        assertThat(compose.services()).containsOnlyKeys("postgres", "redis", "mailpit", "api", "worker", "dashboard",
                "prometheus", "grafana");
        assertThat(compose.applications()).containsOnlyKeys("api", "worker", "dashboard");
    }

    @Test
    void setsOnlyWhatTheApplicationsKnowAndCanRead() throws IOException {
        for (var application : compose.applications().entrySet()) {
            var known = KnownSettings.of(MODULES.getOrDefault(application.getKey(), Set.of()));

            assertThat(application.getValue().variables()).as(application.getKey()).isNotEmpty()
                    .allSatisfy((variable, value) -> assertThat(
                            known.complaints(variable, ComposeFile.interpolated(value, "given0123456789"))).isEmpty());
        }
    }

    @Test
    void noticesVariablesThatNobodyKnowsOrCanRead() throws IOException {
        var known = KnownSettings.of(Set.of("worker", "core", "jobs"));

        assertThat(known.complaints("MILLRACE_JOBS_WORKER_CONCURRENCY", "8")).isEmpty();
        assertThat(known.complaints("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "8")).isEmpty();
        assertThat(known.complaints("MILLRACE_JOBS_WORKER_CONCURENCY", "8")).isNotEmpty();
        assertThat(known.complaints("MILLRACE_JOBS_WORKER_CONCURRENCY", "many")).isNotEmpty();
        assertThat(known.complaints("MILLRACE_DASHBOARD_PASSWORD", "of another application")).isNotEmpty();
        assertThat(known.complaints("SPRING_DATASOURCE_URI", "jdbc:postgresql://postgres/millrace")).isNotEmpty();
    }

    @Test
    void pinsEveryImage() throws IOException {
        assertThat(compose.services().values()).extracting(ComposeFile.Service::image)
                .allSatisfy(image -> assertThat(image).matches(PINNED));
        assertThat(ProjectFiles.read("build/docker/Dockerfile").lines().filter(line -> line.matches("ARG .*IMAGE=.*")))
                .hasSize(2).allSatisfy(line -> assertThat(line.replaceFirst(".*?=", "")).matches(PINNED));
    }

    @Test
    void checksTheHealthOfEveryService() {
        assertThat(compose.services()).allSatisfy((name, service) -> {
            var check = service.healthcheck();
            assertThat(check).as(name).isNotNull();
        });
    }

    @Test
    void letsWorkersBeScaled() {
        assertThat(compose.applications()).hasEntrySatisfying("worker", worker -> {
            assertThat(worker.ports()).as("a host port belongs to one container").isNull();
            assertThat(worker.containerName()).as("a name belongs to one container").isNull();
        });
    }

    @Test
    void publishesPortsOnLoopbackOnly() {
        var ports = compose.services().values().stream().map(ComposeFile.Service::ports)
                .flatMap(published -> published == null ? Stream.empty() : published.stream());

        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void asksForNoSecretThatTheExampleForgets() throws IOException {
        List<String> required = ComposeFile.required(ProjectFiles.read("docker-compose.yml"));
        String example = ProjectFiles.read(".env.example");

        assertThat(required).isNotEmpty()
                .allSatisfy(name -> assertThat(example.lines()).as(name).contains(name + "="));
    }
}

package io.millrace.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.JobType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows wait in the queue by type name, version and JSON, sometimes for days and across deployments. The files in
 * {@code job-types} are such rows: whoever changes a job record so that they cannot be read strands what waits.
 */
class QueuedRowsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, Class<?>> RECORDS = JobTypes.all().stream()
            .collect(Collectors.toMap(job -> JobTypes.typeOf(job).name(), Function.identity()));

    private final JobPayloads payloads = new JobPayloads(
            Validation.buildDefaultValidatorFactory().getValidator());

    @ParameterizedTest
    @MethodSource("records")
    void haveASampleOfEachTypeAtItsVersion(Class<?> job) {
        String file = fileOf(JobTypes.typeOf(job));

        assertThat(files()).as("""
                               no sample of job type %1$s: if it is new or its version was raised, write
                               worker/src/test/resources/job-types/%2$s with name, version, queue and payloads;
                               if its name changed, take the old name back, because rows that wait hold it
                               """, JobTypes.typeOf(job).name(), file).contains(file);
    }

    @ParameterizedTest
    @MethodSource("files")
    void areOfATypeThatIsStillThere(String file) {
        assertThat(RECORDS.keySet())
                .as("""
                    %1$s is a sample of a job type that no record has any more, so rows that wait would fail: give a record
                    this @JobType name again. Delete the file only once no deployment can hold such a row
                    """, file)
                .contains(read(file).get("name").asString());
    }

    @ParameterizedTest
    @MethodSource("files")
    void canBeReadByTheRecordOfToday(String file) {
        JsonNode sample = read(file);
        String name = sample.get("name").asString();
        for (JsonNode payload : sample.get("payloads")) {
            try {
                payloads.read(name, JSON.writeValueAsString(payload), recordOf(name));
            } catch (InvalidPayload e) {
                throw new AssertionError(
                        """
                        rows of %s that wait can no longer be read (%s): keep the fields they have (@JsonAlias for a
                        renamed one, @Nullable for a new one, no stricter constraint), or leave this job type as it
                        is and give the new shape a type of its own beside it
                        """.formatted(file, e.violations()), e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void areWrittenAsTheyAlwaysWere(Class<?> job) {
        JobType type = JobTypes.typeOf(job);
        JsonNode sample = read(fileOf(type));

        assertThat(sample.get("version").asInt()).isEqualTo(type.version());
        assertThat(sample.get("queue").asString()).as(
                """
                job type %s waits in another queue than before: workers that were told to take the old one leave it there.
                If that is meant, change job-types/%s and say so in CHANGELOG.md
                """,
                type.name(), fileOf(type)).isEqualTo(type.queue());
        for (JsonNode payload : sample.get("payloads")) {
            Object record = payloads.read(type.name(), JSON.writeValueAsString(payload), job);
            assertThat(JSON.readTree(payloads.write(record))).as(
                    """
                    job type %1$s writes another JSON than before, which workers of the last release refuse: leave the old
                    fields as they are, or raise its version and write job-types/%1$s.v%2$d.json beside the old file
                    """,
                    type.name(), type.version() + 1).isEqualTo(payload);
        }
    }

    @Test
    void areFound() {
        assertThat(RECORDS).containsKeys("send-email", "send-welcome-email", "profile-file");
    }

    static List<Class<?>> records() {
        return JobTypes.all();
    }

    static List<String> files() {
        return Arrays.stream(resources()).map(Resource::getFilename).map(String::valueOf).sorted().toList();
    }

    private static Class<?> recordOf(String name) {
        return Objects.requireNonNull(RECORDS.get(name), () -> "no record has the job type " + name);
    }

    private static String fileOf(JobType type) {
        return type.name() + ".v" + type.version() + ".json";
    }

    private static JsonNode read(String file) {
        var resource = Arrays.stream(resources()).filter(found -> file.equals(found.getFilename())).findFirst();
        assertThat(resource).as("there is no job-types/%s", file).isPresent();
        try (var in = resource.orElseThrow().getInputStream()) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource[] resources() {
        try {
            return new PathMatchingResourcePatternResolver().getResources("classpath:job-types/*.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

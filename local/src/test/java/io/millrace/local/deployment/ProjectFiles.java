package io.millrace.local.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** Files at the root of the project; tests run in a module's folder, or at the root in some editors. */
public final class ProjectFiles {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ProjectFiles() {
    }

    /** The folder that holds the modules. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docker-compose.yml")) ? here : here.resolve("..").normalize();
    }

    static String read(String name) throws IOException {
        return Files.readString(root().resolve(name));
    }

    static <T> T readYaml(String name, Class<T> type) throws IOException {
        Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(read(name));
        return JSON.convertValue(yaml, type);
    }
}

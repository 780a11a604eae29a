package io.millrace.local.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

import static java.util.Objects.requireNonNull;

/** The settings that Spring Boot and our modules describe in their metadata, as environment variables set them. */
final class KnownSettings {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final List<Property> properties;

    private KnownSettings(List<Property> properties) {
        this.properties = properties;
    }

    /** Those on the class path, of our modules only {@code modules}. */
    static KnownSettings of(Set<String> modules) throws IOException {
        var properties = new ArrayList<Property>();
        var files = KnownSettings.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json");
        for (URL file : Collections.list(files)) {
            try (InputStream in = file.openStream()) {
                properties.addAll(JSON.readValue(in, Metadata.class).properties());
            }
        }
        properties.removeIf(property -> property.module() != null && !modules.contains(property.module()));
        return new KnownSettings(properties);
    }

    /** Empty when {@code variable} sets something and its value can be read as that; otherwise what is wrong. */
    List<String> complaints(String variable, String value) {
        var environment = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, value));
        var binder = new Binder(requireNonNull(ConfigurationPropertySource.from(environment)));
        try {
            boolean known = properties.stream().filter(property -> property.mayBeMeantBy(variable))
                    .anyMatch(property -> property.isBoundBy(binder));
            return known ? List.of() : List.of(variable + " sets nothing");
        } catch (RuntimeException e) {
            return List.of(variable + ": " + e.getMessage());
        }
    }

    private record Metadata(List<Property> properties) {
    }

    private record Property(String name, @Nullable String type, @Nullable String sourceType) {

        /** Which of our modules describes it. */
        @Nullable
        String module() {
            return sourceType != null && sourceType.startsWith("io.millrace.") ? sourceType.split("\\.", -1)[2] : null;
        }

        /** A quick look; the binder decides. Maps and lists have more in the name of the variable. */
        boolean mayBeMeantBy(String variable) {
            return letters(variable).startsWith(letters(name));
        }

        boolean isBoundBy(Binder binder) {
            return binder.bind(name, Bindable.of(valueType())).isBound();
        }

        private Class<?> valueType() {
            String raw = type == null ? "java.lang.String" : type.replaceFirst("<.*", "");
            return ClassUtils.resolveClassName(raw, null);
        }

        private static String letters(String name) {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        }
    }
}

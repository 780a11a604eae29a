package io.millrace.api.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents of the repository. */
enum CheckedIn {

    /** What is served. */
    DOCUMENT("src/main/resources/io/millrace/api/docs/openapi.json"),

    /** What clients have been told: the document of the last release. */
    BASELINE("src/test/resources/openapi-baseline.json");

    private final Path file;

    CheckedIn(String file) {
        this.file = Path.of(file);
    }

    String text() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(text());
    }

    void write(String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.millrace.worker.files;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.tika.mime.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * What a client said about a file. Hints, not facts.
 *
 * @param name
 *            its name
 * @param contentType
 *            the declared media type, perhaps with a character set
 */
public record FileHints(String name, @Nullable String contentType) {

    private static final Map<TableFormat, List<String>> ENDINGS = Map.of(TableFormat.CSV, List.of(".csv"),
            TableFormat.TSV, List.of(".tsv", ".tab"), TableFormat.NDJSON, List.of(".ndjson", ".jsonl", ".jsonlines"));

    private static final Map<TableFormat, List<String>> TYPES = Map.of(TableFormat.CSV,
            List.of("text/csv", "application/csv", "text/comma-separated-values"), TableFormat.TSV,
            List.of("text/tab-separated-values", "text/tsv"), TableFormat.NDJSON,
            List.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
                    "application/json-lines"));

    /** The same of a file of another name. */
    FileHints named(String other) {
        return new FileHints(other, contentType);
    }

    /** The kind of table it is said to be: by the name, else by the media type. */
    Optional<TableFormat> table() {
        String lowerName = name.toLowerCase(Locale.ROOT);
        String type = mediaType().map(declared -> declared.getBaseType().toString()).orElse("");
        return ENDINGS.entrySet().stream().filter(entry -> entry.getValue().stream().anyMatch(lowerName::endsWith))
                .map(Map.Entry::getKey).findFirst()
                .or(() -> TYPES.entrySet().stream().filter(entry -> entry.getValue().contains(type))
                        .map(Map.Entry::getKey).findFirst());
    }

    /** The declared character set, if this platform knows it and it is none that is recognized anyway. */
    Optional<Charset> charset() {
        return mediaType().map(type -> type.getParameters().get("charset")).flatMap(FileHints::known)
                .filter(charset -> !charset.name().startsWith("UTF-"));
    }

    private Optional<MediaType> mediaType() {
        return Optional.ofNullable(MediaType.parse(contentType));
    }

    private static Optional<Charset> known(String charset) {
        try {
            return Optional.of(Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}

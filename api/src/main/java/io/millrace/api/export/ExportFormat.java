package io.millrace.api.export;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.http.MediaType;

/** The forms an export comes in; where a client likes several as well, the first. */
enum ExportFormat {

    /** One array. Cut short, it lacks its closing bracket. */
    JSON("application/json"),
    /** An object a line. */
    NDJSON("application/x-ndjson"),
    /** RFC 4180, with a header line. */
    CSV("text/csv;charset=UTF-8;header=present");

    private final String type;

    ExportFormat(String type) {
        this.type = type;
    }

    MediaType type() {
        return MediaType.parseMediaType(type);
    }

    /** What the media ranges of an Accept header (RFC 9110, 12.5.1) like best; no ranges take anything. */
    static Optional<ExportFormat> liked(List<MediaType> accept) {
        ExportFormat best = null;
        double bestWeight = 0;
        for (ExportFormat format : values()) {
            double weight = accept.isEmpty() ? 1 : format.weight(accept);
            if (weight > bestWeight) {
                best = format;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Of the most specific range that holds it. */
    private double weight(List<MediaType> accept) {
        return accept.stream().filter(range -> range.includes(type()))
                .max(Comparator.comparing((MediaType range) -> !range.isWildcardType())
                        .thenComparing(range -> !range.isWildcardSubtype()))
                .map(MediaType::getQualityValue).orElse(0.0);
    }
}

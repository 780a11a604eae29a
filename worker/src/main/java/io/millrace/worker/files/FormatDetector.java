package io.millrace.worker.files;

import java.io.IOException;
import java.util.Optional;

import org.apache.tika.mime.MediaType;
import tools.jackson.core.json.JsonFactory;

/**
 * Tells what a file is from its head. The content decides; what the client called it only counts where the content could
 * be both: a table of one column looks like any other text.
 */
final class FormatDetector {

    private final MediaTypes mediaTypes = new MediaTypes();
    private final JsonShape jsonShape = new JsonShape(new JsonFactory());

    FileFormat detect(ByteHead head, FileHints hints) throws IOException {
        var encoding = TextEncoding.of(head, hints);
        var sample = Sample.of(head, encoding);
        if (!sample.isText() || (head.isEmpty() && hints.table().isEmpty())) {
            return new FileFormat.Opaque(mediaTypes.of(head, hints).toString());
        }
        if (jsonShape.isDocument(sample)) {
            return new FileFormat.Opaque(MediaType.application("json").toString());
        }
        if (isJsonLines(sample, hints)) {
            return new FileFormat.JsonLines(encoding);
        }
        return delimited(head, sample, encoding, hints);
    }

    private boolean isJsonLines(Sample sample, FileHints hints) {
        boolean said = hints.table().equals(Optional.of(TableFormat.NDJSON));
        return said || jsonShape.isObjectPerLine(sample);
    }

    private FileFormat delimited(ByteHead head, Sample sample, TextEncoding encoding, FileHints hints)
            throws IOException {
        var guess = DelimiterGuess.of(sample, hints.table());
        boolean plain = isPlain(mediaTypes.ofContent(head));
        var named = mediaTypes.of(head, hints);
        boolean table = hints.table().isPresent()
                ? plain || guess.isConvincing()
                : isPlain(named) && guess.isConvincing();
        if (!table) {
            return new FileFormat.Opaque(jsonShape.isSingleObject(sample) ? "application/json" : named.toString());
        }
        boolean header = HeaderGuess.of(sample, guess);
        return new FileFormat.Delimited(encoding, new CsvDialect(guess.delimiter(), guess.widthIn(sample), header));
    }

    /** Whether nothing says that it is more than a text. */
    private static boolean isPlain(MediaType type) {
        return type.equals(MediaType.TEXT_PLAIN) || type.equals(MediaType.OCTET_STREAM);
    }
}

package io.millrace.worker.files;

import java.io.IOException;
import java.util.Optional;

import org.apache.tika.mime.MediaType;
import tools.jackson.core.json.JsonFactory;

import io.millrace.worker.files.packing.Packing;
import io.millrace.worker.files.packing.ZipEntries;

/**
 * Tells what a file is from its head. The content decides; what the client called it only counts where the content could
 * be both: a table of one column looks like any other text.
 */
final class FormatDetector {

    private final MediaTypes mediaTypes = new MediaTypes();
    private final JsonShape jsonShape = new JsonShape(new JsonFactory());

    /**
     * @param unpack
     *            whether something packed is to be unpacked, rather than told by its media type
     */
    FileFormat detect(ByteHead head, FileHints hints, boolean unpack) throws IOException {
        var packing = Packing.of(head.bytes());
        if (packing.isPresent() || ZipEntries.starts(head.bytes())) {
            return packed(packing, mediaTypes.of(head, hints), unpack);
        }
        var encoding = TextEncoding.of(head, hints);
        var sample = Sample.of(head, encoding);
        if (!sample.isText() || (head.isEmpty() && hints.table().isEmpty())) {
            return new FileFormat.Opaque(mediaTypes.of(head, hints).toString());
        }
        if (jsonShape.isArrayOfObjects(sample)) {
            return new FileFormat.JsonArray(encoding);
        }
        if (jsonShape.isDocument(sample)) {
            return new FileFormat.Opaque(MediaType.application("json").toString());
        }
        if (isJsonLines(sample, hints)) {
            return new FileFormat.JsonLines(encoding);
        }
        return delimited(head, sample, encoding, hints);
    }

    /** A name may make more of an archive than that: a document, or a program. */
    private static FileFormat packed(Optional<Packing> packing, MediaType type, boolean unpack) {
        if (unpack && packing.isPresent()) {
            return new FileFormat.Packed(packing.get());
        }
        return unpack && type.equals(MediaType.APPLICATION_ZIP)
                ? new FileFormat.Zip()
                : new FileFormat.Opaque(type.toString());
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

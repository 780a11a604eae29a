package io.millrace.worker.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;

import de.siegmar.fastcsv.reader.CsvParseException;
import org.jspecify.annotations.Nullable;

import io.millrace.core.files.FileProfile;
import io.millrace.jobs.PermanentFailure;
import io.millrace.worker.files.packing.DamagedContent;
import io.millrace.worker.files.packing.Packing;
import io.millrace.worker.files.packing.UnpackBudget;
import io.millrace.worker.files.packing.ZipEntries;

/** Describes one file and what is packed in it, and in that, down to where the limits of the file say no. */
final class ContentProfiler {

    private final FormatDetector detector;
    private final UnpackBudget budget;

    ContentProfiler(FormatDetector detector, UnpackBudget budget) {
        this.detector = detector;
        this.budget = budget;
    }

    /**
     * Reads the input to its end.
     *
     * @param depth
     *            within how many packings it is
     */
    FileProfile profile(MeasuredInput input, FileHints hints, int depth) throws IOException {
        var head = ByteHead.of(input);
        return switch (detector.detect(head, hints, budget.allowsDepth(depth))) {
            case FileFormat.Delimited table -> delimited(table, head, input);
            case FileFormat.JsonLines table -> {
                var text = table.encoding().read(head.followedBy(input));
                yield json(TableFormat.NDJSON, text, new TextLines(text), input);
            }
            case FileFormat.JsonArray table -> {
                var text = table.encoding().read(head.followedBy(input));
                yield json(TableFormat.JSON, text, new JsonElements(text), input);
            }
            case FileFormat.Packed packed -> unpacked(packed.packing(), head, input, hints, depth);
            case FileFormat.Zip _ -> zip(head, input, depth);
            case FileFormat.Opaque opaque -> {
                input.drain();
                yield FileProfile.opaque(opaque.mediaType(), input.bytes(), input.sha256Hex());
            }
        };
    }

    private static FileProfile delimited(FileFormat.Delimited table, ByteHead head, MeasuredInput input)
            throws IOException {
        var dialect = table.dialect();
        var records = new CsvTable(dialect);
        var charset = read(head.followedBy(input), table.encoding(), dialect.delimiter(), records);
        return table(dialect.format(), charset, String.valueOf(dialect.delimiter()), dialect.header(),
                records.summary(), input);
    }

    /** FastCSV hides in an exception of its own what the text throws where it is read by characters. */
    private static Charset read(InputStream input, TextEncoding encoding, char delimiter, CsvTable records)
            throws IOException {
        try {
            return CsvText.read(input, encoding, delimiter, records);
        } catch (CsvParseException e) {
            if (e.getCause() instanceof PermanentFailure failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static FileProfile json(TableFormat format, TextReader text, TextPieces pieces, MeasuredInput input)
            throws IOException {
        var summary = JsonTable.read(pieces);
        return table(format, text.charset(), null, false, summary, input);
    }

    private static FileProfile table(TableFormat format, Charset charset, @Nullable String delimiter, boolean header,
            TableSummary summary, MeasuredInput input) throws IOException {
        input.drain();
        return FileProfile.table(format.label(), charset.name(), delimiter, header, summary.rows(),
                summary.rejectedRows(), input.bytes(), input.sha256Hex(), summary.columns());
    }

    private FileProfile unpacked(Packing packing, ByteHead head, MeasuredInput input, FileHints hints, int depth)
            throws IOException {
        try (var content = packing.open(head.followedBy(input), budget)) {
            var profile = profile(MeasuredInput.quiet(content), hints.named(packing.unpackedName(hints.name())),
                    depth + 1);
            input.drain();
            return profile.packedAs(packing.label(), input.bytes(), input.sha256Hex());
        }
    }

    private FileProfile zip(ByteHead head, MeasuredInput input, int depth) throws IOException {
        try (var zip = new ZipEntries(head.followedBy(input), budget)) {
            var entries = new ArrayList<FileProfile.Entry>();
            while (zip.next()) {
                var refusal = zip.refusal();
                entries.add(refusal.isPresent()
                        ? new FileProfile.Entry(zip.name(), null, refusal.get())
                        : entry(zip, depth));
            }
            long leftOut = zip.leftOut();
            input.drain();
            return FileProfile.archive("application/zip", "zip", zip.unpackedBytes(), entries, leftOut, input.bytes(),
                    input.sha256Hex());
        }
    }

    private FileProfile.Entry entry(ZipEntries zip, int depth) throws IOException {
        var content = MeasuredInput.quiet(zip.content());
        try {
            var profile = profile(content, new FileHints(zip.name(), null), depth + 1);
            var columns = profile.columns();
            return columns == null || budget.takeColumns(columns.size())
                    ? new FileProfile.Entry(zip.name(), profile, null)
                    : new FileProfile.Entry(zip.name(), profile.withoutColumns(),
                            "its columns are left out: those of the other entries are too many");
        } catch (DamagedContent e) {
            // What is packed in the entry is damaged; if it is the archive, this throws it again.
            content.drain();
            return new FileProfile.Entry(zip.name(), null, e.getMessage());
        }
    }
}

package io.millrace.worker.files.packing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * The files in a ZIP archive (APPNOTE.TXT), in the order in which they stand there. It is read from front to back, so that
 * no byte is unpacked twice: entries that overlap (D. Fifield, "A better zip bomb", 2019) are found by there being fewer
 * of them than the directory at the end lists. Sizes and checksums must be right.
 */
public final class ZipEntries implements AutoCloseable {

    private static final int LONGEST_NAME = 200;
    private static final int BUFFER = 64 * 1024;

    private final UnpackBudget budget;
    private final PackedInput packed;
    private final ZipTail tail;
    private final ZipArchiveInputStream zip;
    private @Nullable ZipArchiveEntry entry;
    private @Nullable ZipContent content;
    private long seen;
    private long unpackedBytes;
    private boolean complete;
    private boolean stopped;

    /**
     * @param archive
     *            from its first byte; stays open
     */
    public ZipEntries(InputStream archive, UnpackBudget budget) {
        this.budget = budget;
        this.packed = new PackedInput(archive);
        this.tail = new ZipTail(packed);
        // Without room for entries that are stored with their length behind them: it would hold all of them in memory.
        this.zip = new ZipArchiveInputStream(new BufferedInputStream(tail, BUFFER), StandardCharsets.UTF_8.name(), true,
                false, true);
    }

    /** Whether the first bytes are those of an archive, be it an empty one. */
    public static boolean starts(byte[] head) {
        boolean named = head.length > 3 && head[0] == 'P' && head[1] == 'K';
        return named && ((head[2] == 3 && head[3] == 4) || (head[2] == 5 && head[3] == 6));
    }

    /**
     * Goes to the next file; what is left of the one before is not read.
     *
     * @return false behind the last one, and where no other can or may be read
     * @throws DamagedContent
     *             if the archive is damaged here, or the last file was not what the archive says of it
     * @throws IOException
     *             what reading the archive throws
     */
    public boolean next() throws IOException {
        while (!stopped) {
            var last = entry;
            entry = nextEntry();
            check(last, content);
            content = null;
            if (entry == null) {
                complete = true;
                stopped = true;
            } else if (begin(entry)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ZipArchiveEntry nextEntry() throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IOException | RuntimeException e) {
            throw packed.blame(e, "the zip data", unpackedBytes);
        }
    }

    /** Whether it is a file to be looked at. */
    private boolean begin(ZipArchiveEntry found) throws IOException {
        boolean folder = found.isDirectory();
        if (!folder && !budget.takeEntry()) {
            stopped = true;
            return false;
        }
        seen++;
        if (refusal().isPresent()) {
            stopped = hasUnknownLength(found);
        } else {
            content = new ZipContent(zip);
        }
        if (folder && content != null) {
            // It should be empty; if it is not, that counts.
            content().transferTo(OutputStream.nullOutputStream());
        }
        return !folder;
    }

    private void check(@Nullable ZipArchiveEntry last, @Nullable ZipContent read) {
        if (last == null || read == null || !read.ended()) {
            return;
        }
        unpackedBytes += read.bytes();
        if (last.getCrc() != read.checksum() || last.getSize() != read.bytes()) {
            throw new DamagedContent("entry " + seen + " of the zip", read.bytes(),
                    new ZipException("the checksum or the size does not match"));
        }
    }

    /** What the file is called, cut to 200 characters and with U+FFFD for those that steer a display. A text, no path. */
    public String name() {
        var name = new StringBuilder();
        current().getName().codePoints().limit(LONGEST_NAME).map(ZipEntries::shown).forEach(name::appendCodePoint);
        return name.toString();
    }

    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                0xFFFD;
            default -> c;
        };
    }

    /** Why the file cannot be unpacked. */
    public Optional<String> refusal() {
        var file = current();
        String then = hasUnknownLength(file)
                ? "; nor can what comes after it, as its length is not told before it"
                : "";
        if (file.getGeneralPurposeBit().usesEncryption()) {
            return Optional.of("it is encrypted" + then);
        }
        if (zip.canReadEntryData(file)) {
            return Optional.empty();
        }
        var method = ZipMethod.getMethodByCode(file.getMethod());
        return Optional.of(method == ZipMethod.STORED
                ? "it is stored without its length before it; nor can what comes after it be read"
                : "it is packed by method " + file.getMethod() + ", which is not supported" + then);
    }

    private static boolean hasUnknownLength(ZipArchiveEntry file) {
        return file.getGeneralPurposeBit().usesDataDescriptor();
    }

    /** Of a file that is not refused, to be read to its end; throws as {@link Packing#open} says. */
    public InputStream content() {
        return new UnpackedInput("entry " + seen + " of the zip", Objects.requireNonNull(content), packed, budget);
    }

    /** Of all files read so far to their ends, the current one not included. */
    public long unpackedBytes() {
        return unpackedBytes;
    }

    /**
     * How many entries, folders included, stand behind the last one that {@link #next} went to; to be asked when that has
     * answered false. Reads the archive to its end.
     *
     * @throws DamagedContent
     *             if it has no directory at its end, or one that lists other entries
     */
    public long leftOut() throws IOException {
        tail.transferTo(OutputStream.nullOutputStream());
        long listed = tail.entries().orElseThrow(() -> new DamagedContent(
                "the zip data is damaged or cut off: the directory at its end is missing"));
        if (complete && listed != seen) {
            throw new DamagedContent("the zip data is damaged: its directory lists " + listed + " entries, but " + seen
                    + " follow one another in it");
        }
        return Math.max(0, listed - seen);
    }

    private ZipArchiveEntry current() {
        return Objects.requireNonNull(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}

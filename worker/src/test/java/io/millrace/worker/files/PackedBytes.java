package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs what a test holds in its hands. */
final class PackedBytes {

    private PackedBytes() {
    }

    /** Writes on; like a consumer, but what it writes to may fail. */
    interface Writing {

        void to(OutputStream target) throws IOException;
    }

    static byte[] written(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            writing.to(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        return written(target -> {
            try (var output = new GZIPOutputStream(target)) {
                output.write(content);
            }
        });
    }

    static byte[] zstd(byte[] content) {
        return written(target -> {
            try (var output = new ZstdOutputStreamNoFinalizer(target)) {
                output.setChecksum(true);
                output.write(content);
            }
        });
    }

    static byte[] zip(String name, byte[] content) {
        return zip(Map.of(name, content));
    }

    /** Each entry with its length behind it, as the JDK writes them. */
    static byte[] zip(Map<String, byte[]> contents) {
        return written(target -> {
            try (var output = new ZipOutputStream(target)) {
                for (var entry : contents.entrySet()) {
                    output.putNextEntry(new ZipEntry(entry.getKey()));
                    output.write(entry.getValue());
                }
            }
        });
    }

    /** With so many entries of the same content, {@code 0.csv} and so on. */
    static byte[] zipOfMany(int entries, byte[] content) {
        var contents = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < entries; i++) {
            contents.put(i + ".csv", content);
        }
        return zip(contents);
    }

    /** Entries with their length before them, stored as they are. */
    static byte[] storedZip(Object... namesAndContents) {
        return written(target -> {
            try (var output = new ZipArchiveOutputStream(target)) {
                for (int i = 0; i < namesAndContents.length; i += 2) {
                    byte[] content = (byte[]) namesAndContents[i + 1];
                    var entry = new ZipArchiveEntry((String) namesAndContents[i]);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    var crc = new CRC32();
                    crc.update(content);
                    entry.setCrc(crc.getValue());
                    output.putArchiveEntry(entry);
                    new ByteArrayInputStream(content).transferTo(output);
                    output.closeArchiveEntry();
                }
            }
        });
    }

    static byte[] joined(byte[]... parts) {
        return written(target -> {
            for (byte[] part : parts) {
                target.write(part);
            }
        });
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.millrace.worker.files.packing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

/** The packed forms of one content, told by their first bytes. */
public enum Packing {

    /** RFC 1952, of one or more members. */
    GZIP(".gz", ".gzip") {

        @Override
        boolean starts(byte[] head) {
            return head.length > 2 && head[0] == 0x1F && head[1] == (byte) 0x8B && head[2] == 8;
        }

        @Override
        InputStream unpacker(InputStream packed) {
            return new GzipInput(packed);
        }
    },

    /** RFC 8878, of one or more frames; some have a frame to be skipped before all others. */
    ZSTD(".zst", ".zstd") {

        @Override
        boolean starts(byte[] head) {
            boolean frame = head.length > 3 && head[0] == 0x28 && head[1] == (byte) 0xB5;
            boolean skippable = head.length > 3 && (head[0] & 0xF0) == 0x50 && head[1] == 0x2A;
            return frame && head[2] == 0x2F && head[3] == (byte) 0xFD
                    || skippable && head[2] == 0x4D && head[3] == 0x18;
        }

        @Override
        InputStream unpacker(InputStream packed) throws IOException {
            return new ZstdInputStreamNoFinalizer(packed);
        }
    };

    private final List<String> endings;

    Packing(String... endings) {
        this.endings = List.of(endings);
    }

    /** Of a content that begins so. */
    public static Optional<Packing> of(byte[] head) {
        return Arrays.stream(values()).filter(packing -> packing.starts(head)).findFirst();
    }

    abstract boolean starts(byte[] head);

    abstract InputStream unpacker(InputStream packed) throws IOException;

    /** As it stands in a profile. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a file of this name is called when it is unpacked. */
    public String unpackedName(String name) {
        return endings.stream().filter(ending -> name.toLowerCase(Locale.ROOT).endsWith(ending)).findFirst()
                .map(ending -> name.substring(0, name.length() - ending.length())).orElse(name);
    }

    /**
     * The content, which must be read to its end: only then it is known to be whole. Reading it throws
     * {@link DamagedContent} where it cannot be unpacked, {@link io.millrace.jobs.PermanentFailure} when a limit is
     * passed, and what reading {@code packed} throws. Closing it leaves {@code packed} open.
     */
    public InputStream open(InputStream packed, UnpackBudget budget) throws IOException {
        var input = new PackedInput(packed);
        return new UnpackedInput("the " + label() + " data", unpacker(input), input, budget);
    }
}

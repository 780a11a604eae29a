package io.millrace.worker.files.packing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

/** The packed forms of one content, told by their first bytes. */
public enum Packing {

    /** RFC 1952, of one or more members. */
    GZIP("\\.gz(ip)?$") {

        @Override
        boolean startsWith(int magic) {
            return (magic & 0xFF_FFFF) == 0x08_8B1F;
        }

        @Override
        InputStream unpacker(InputStream packed) {
            return new GzipInput(packed);
        }
    },

    /** RFC 8878, of one or more frames; some have a frame to be skipped before all others. */
    ZSTD("\\.zst(d)?$") {

        @Override
        boolean startsWith(int magic) {
            return magic == 0xFD2F_B528 || (magic & 0xFFFF_FFF0) == 0x184D_2A50;
        }

        @Override
        InputStream unpacker(InputStream packed) throws IOException {
            return new ZstdInputStreamNoFinalizer(packed);
        }
    };

    private final Pattern ending;

    Packing(String ending) {
        this.ending = Pattern.compile(ending, Pattern.CASE_INSENSITIVE);
    }

    /** Of a content that begins so. */
    public static Optional<Packing> of(byte[] head) {
        if (head.length < Integer.BYTES) {
            return Optional.empty();
        }
        int magic = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return Arrays.stream(values()).filter(packing -> packing.startsWith(magic)).findFirst();
    }

    abstract boolean startsWith(int magic);

    abstract InputStream unpacker(InputStream packed) throws IOException;

    /** As it stands in a profile. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a file of this name is called when it is unpacked. */
    public String unpackedName(String name) {
        return ending.matcher(name).replaceFirst("");
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

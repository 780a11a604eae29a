package io.millrace.worker.files.packing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/** Keeps the end of an archive that passes through it, where the record of its directory stands (APPNOTE 4.3.14-16). */
final class ZipTail extends FilterInputStream {

    private static final int END = 0x06054B50;
    private static final int END_BYTES = 22;
    private static final int END_ENTRIES = 10;
    private static final int END_COMMENT = 20;
    private static final int MANY = 0xFFFF;
    private static final int LOCATOR = 0x07064B50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64 = 0x06064B50;
    private static final int END64_BYTES = 56;
    private static final int END64_ENTRIES = 32;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int KEPT = END64_BYTES + LOCATOR_BYTES + END_BYTES + LONGEST_COMMENT;

    private final byte[] tail = new byte[4 * KEPT];
    private final ByteBuffer view = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    private int length;

    ZipTail(InputStream archive) {
        super(archive);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        int count = super.read(target, offset, wanted);
        if (count > 0) {
            int kept = Math.min(count, KEPT);
            makeRoom(kept);
            System.arraycopy(target, offset + count - kept, tail, length, kept);
            length += kept;
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void makeRoom(int bytes) {
        if (length + bytes > tail.length) {
            System.arraycopy(tail, length - KEPT, tail, 0, KEPT);
            length = KEPT;
        }
    }

    /** How many entries the directory has, folders included; empty if what passed has no end of a directory. */
    OptionalLong entries() {
        int first = Math.max(0, length - END_BYTES - LONGEST_COMMENT);
        for (int at = length - END_BYTES; at >= first; at--) {
            if (view.getInt(at) == END && unsignedShort(at + END_COMMENT) <= length - at - END_BYTES) {
                int entries = unsignedShort(at + END_ENTRIES);
                return entries == MANY ? entries64(at) : OptionalLong.of(entries);
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong entries64(int end) {
        int locator = end - LOCATOR_BYTES;
        if (locator < 0 || view.getInt(locator) != LOCATOR) {
            return OptionalLong.of(MANY);
        }
        int end64 = locator - END64_BYTES;
        return end64 >= 0 && view.getInt(end64) == END64
                ? OptionalLong.of(view.getLong(end64 + END64_ENTRIES))
                : OptionalLong.empty();
    }

    private int unsignedShort(int at) {
        return Short.toUnsignedInt(view.getShort(at));
    }
}

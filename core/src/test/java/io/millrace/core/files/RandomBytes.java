package io.millrace.core.files;

import java.io.InputStream;
import java.util.SplittableRandom;

/** So many random bytes, the same ones for the same length, made as they are read; remembers the longest read. */
final class RandomBytes extends InputStream {

    private final SplittableRandom random = new SplittableRandom(42);
    private long left;
    private int longestRead;

    RandomBytes(long length) {
        this.left = length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int start, int length) {
        longestRead = Math.max(longestRead, length);
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = (int) Math.min(length, left);
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, target, start, count);
        left -= count;
        return count;
    }

    int longestRead() {
        return longestRead;
    }
}

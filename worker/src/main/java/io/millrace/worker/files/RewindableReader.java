package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * A text that can be read again from a little earlier on: from what {@link #keepFrom} said last. It also tells where in
 * the text something in its reader's own buffer stands.
 */
final class RewindableReader extends Reader {

    private static final int SKIP = 8192;

    private final Reader source;
    private char[] kept = new char[4 * SKIP];
    private int keptLength;
    private long keptFrom;
    private long keepFrom;
    private long position;
    private long bufferStart;
    private boolean ended;

    RewindableReader(Reader source) {
        this.source = source;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        bufferStart = position - offset;
        if (position == keptEnd() && !keepMore(length)) {
            ended = true;
            return -1;
        }
        int count = (int) Math.min(length, keptEnd() - position);
        System.arraycopy(kept, index(position), target, offset, count);
        position += count;
        return count;
    }

    /** Where in the text a character of the buffer stands that was passed to the last {@code read}. */
    long positionOf(int bufferIndex) {
        return bufferStart + bufferIndex;
    }

    /** What comes before this position will not be asked for again. */
    void keepFrom(long start) {
        keepFrom = Math.max(keepFrom, start);
    }

    /** Whether everything was read. */
    boolean isEnded() {
        return ended;
    }

    /** A character that is still kept. */
    char charAt(long at) {
        return kept[index(at)];
    }

    /** Where the next {@code read} begins. */
    long position() {
        return position;
    }

    /** Where what is kept ends: for the last reader of it, all that was read. */
    long keptEnd() {
        return keptFrom + keptLength;
    }

    /** Goes to the beginning of the next line after a position; false if there is none. */
    boolean continueAfterLineOf(long start) throws IOException {
        ended = false;
        position = start;
        keepFrom = start;
        while (position < keptEnd() || keepMore(SKIP)) {
            if (isLineBreak(charAt(position++))) {
                keepFrom = position;
                return true;
            }
            keepFrom = position;
        }
        return false;
    }

    static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private int index(long at) {
        return (int) (at - keptFrom);
    }

    private boolean keepMore(int wanted) throws IOException {
        int dropped = index(keepFrom);
        if (dropped > 0) {
            keptLength -= dropped;
            System.arraycopy(kept, dropped, kept, 0, keptLength);
            keptFrom = keepFrom;
        }
        if (keptLength + wanted > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(keptLength + wanted, 2 * kept.length));
        }
        int count = source.read(kept, keptLength, wanted);
        keptLength += Math.max(count, 0);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

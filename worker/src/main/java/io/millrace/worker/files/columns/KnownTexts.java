package io.millrace.worker.files.columns;

/**
 * The hashes of texts that came as other bytes than ASCII and had to be decoded: of few words that come again and again most
 * need not be, a second time. What is forgotten is decoded anew. For one character set.
 */
public final class KnownTexts {

    private static final int MOST = 1024;

    private final long[] keys = new long[MOST];
    private final long[] hashes = new long[MOST];

    /** Remembers the characters, at the start of an array, of a range of bytes that is followed by {@value Eight#PADDING} others. */
    public void know(byte[] bytes, int from, int to, char[] text, int length) {
        long key = TextHash.ofAscii(bytes, from, to);
        keys[slotOf(key)] = key;
        hashes[slotOf(key)] = TextHash.of(text, 0, length);
    }

    /** The hash of a text by that of its bytes; 0 where it is not known. */
    long hash(long ofBytes) {
        int slot = slotOf(ofBytes);
        return keys[slot] == ofBytes ? hashes[slot] : 0;
    }

    private static int slotOf(long ofBytes) {
        return (int) ofBytes & (MOST - 1);
    }
}

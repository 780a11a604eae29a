package io.millrace.worker.files.columns;

/**
 * The hashes of texts that came as other bytes than ASCII and had to be decoded: of few words that come again and again most
 * need not be, a second time. What is forgotten is decoded anew. For one character set.
 */
public final class KnownTexts {

    private static final int MOST = 1024;

    private final long[] keys = new long[MOST];
    private final long[] hashes = new long[MOST];

    /** Remembers the hash of a text by that of its bytes. */
    void know(long ofBytes, long ofText) {
        keys[slotOf(ofBytes)] = ofBytes;
        hashes[slotOf(ofBytes)] = ofText;
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

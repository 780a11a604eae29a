package io.millrace.core.files;

import java.security.MessageDigest;

/** What some bytes must have as their digest; for one thread, and once. */
public final class Checksum {

    private final MessageDigest digest;
    private final byte[] expected;

    /** A fresh {@code digest}, and what it must come to. */
    public Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected.clone();
    }

    void update(byte[] bytes, int start, int end) {
        digest.update(bytes, start, end - start);
    }

    void verify() {
        if (!MessageDigest.isEqual(digest.digest(), expected)) {
            throw new ChecksumMismatch();
        }
    }
}

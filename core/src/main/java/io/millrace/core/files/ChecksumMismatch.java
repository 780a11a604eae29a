package io.millrace.core.files;

/** The bytes of a request do not have the checksum that came with them; none of them is kept. */
public final class ChecksumMismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    ChecksumMismatch() {
        super("the bytes do not have the checksum that came with them");
    }
}

package io.millrace.core.files;

import org.springframework.util.unit.DataSize;

/** The content is longer than {@code millrace.files.max-size} allows. Nothing of it is kept. */
public final class FileTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long maxBytes;

    FileTooLarge(DataSize maxSize) {
        super("the file is larger than " + maxSize.toBytes() + " bytes");
        this.maxBytes = maxSize.toBytes();
    }

    /** The largest size that is taken, in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}

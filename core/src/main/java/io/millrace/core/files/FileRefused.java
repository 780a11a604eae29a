package io.millrace.core.files;

/** A file that is not taken. Nothing of it is kept, and the same content is refused again until something changes. */
public abstract sealed class FileRefused extends RuntimeException
        permits QuotaExceeded, InfectedFile, UnscannableFile {

    private static final long serialVersionUID = 1;

    FileRefused(String message) {
        super(message);
    }
}

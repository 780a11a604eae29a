package io.millrace.core.files;

/** The content is longer than the virus scanner takes (clamd's {@code StreamMaxLength}). */
public final class UnscannableFile extends FileRefused {

    private static final long serialVersionUID = 1;

    UnscannableFile() {
        super("the file is larger than the virus scanner takes");
    }
}

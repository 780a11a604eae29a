package io.millrace.core.files;

/** The virus scanner knows the content. */
public final class InfectedFile extends FileRefused {

    private static final long serialVersionUID = 1;

    private final String signature;

    InfectedFile(String signature) {
        super("the virus scanner found " + signature);
        this.signature = signature;
    }

    /** The scanner's name for what it found. */
    public String signature() {
        return signature;
    }
}

package io.millrace.core.files;

/**
 * An upload to begin.
 *
 * @param owner
 *            who begins it, 1 to 100 characters: nobody else sees it
 * @param file
 *            what is known of the file, of this owner, with all of its bytes announced
 * @param metadata
 *            to be given back as it is, at most 16,384 characters without NUL
 * @param process
 *            what is to become of the file, 1 to 50 characters
 */
public record NewUpload(String owner, NewFile file, String metadata, String process) {

    long length() {
        return file.announced();
    }
}

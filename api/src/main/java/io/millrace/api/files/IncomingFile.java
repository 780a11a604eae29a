package io.millrace.api.files;

import java.io.IOException;
import java.io.InputStream;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import io.millrace.api.http.ProblemException;

/**
 * A file on its way in; nothing of its content is read yet.
 *
 * @param announced
 *            its length in bytes; 0 if that is not known before all of it has come
 */
record IncomingFile(String name, @Nullable MediaType contentType, InputStream content, long announced) {

    /** What a multipart body may have beside the content: boundaries and the headers of one part. */
    private static final long ENVELOPE_BYTES = 64 * 1024;

    /**
     * The file in a request: its body or, if that is {@code multipart/form-data}, the part in it.
     *
     * @throws ProblemException
     *             413 if the request announces more than {@code maxBytes}; 400 if it carries no file that can be kept
     */
    static IncomingFile in(HttpServletRequest request, long maxBytes) throws IOException {
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
            throw ProblemException.invalid(HttpHeaders.CONTENT_ENCODING, "is not supported: send the file as it is");
        }
        MediaType type = DeclaredType.parse(request.getContentType());
        if (type != null && type.equalsTypeAndSubtype(MediaType.MULTIPART_FORM_DATA)) {
            return FilePart.of(type, new RequestBody(request, maxBytes + ENVELOPE_BYTES));
        }
        String name = FileName.of(FileName.parse(request.getHeader(HttpHeaders.CONTENT_DISPOSITION)));
        return new IncomingFile(name, type, new RequestBody(request, maxBytes),
                Math.max(0, request.getContentLengthLong()));
    }
}

package io.millrace.api.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.fileupload2.core.MultipartInput;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

import io.millrace.api.http.ProblemException;

/**
 * The content of the one part, named {@code file}, of a {@code multipart/form-data} body (RFC 7578), read straight from
 * the request. It ends only where the whole body properly does, so that nothing is kept of a body that has more parts or
 * breaks off.
 */
final class FilePart extends FilterInputStream {

    private static final String NAME = "file";

    /** A name of 255 characters, each percent-encoded as four bytes, is 3,060. */
    private static final int MAX_HEADER_BYTES = 8192;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final MultipartInput multipart;
    private boolean ended;

    private FilePart(MultipartInput multipart) {
        super(multipart.newInputStream());
        this.multipart = multipart;
    }

    /**
     * Reads up to the part's content.
     *
     * @throws ProblemException
     *             400 if there is no such part, or it has no proper filename
     */
    static IncomingFile of(MediaType type, InputStream body) throws IOException {
        MultipartInput multipart = MultipartInput.builder().setInputStream(body).setBoundary(boundary(type))
                .setMaxPartHeaderSize(MAX_HEADER_BYTES).setBufferSize(BUFFER_BYTES).get();
        multipart.setHeaderCharset(StandardCharsets.ISO_8859_1);
        if (!multipart.skipPreamble()) {
            throw ProblemException.invalid(NAME, "is missing: the body has no part");
        }
        Map<String, String> headers = headers(multipart.readHeaders());
        var disposition = FileName.parse(headers.get("Content-Disposition"));
        if (!NAME.equals(disposition.getName())) {
            throw notAlone();
        }
        MediaType declared = DeclaredType.parse(headers.get("Content-Type"));
        return new IncomingFile(FileName.of(disposition), declared, new FilePart(multipart), 0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        if (ended) {
            return -1;
        }
        int read = super.read(target, start, length);
        if (read < 0) {
            ended = true;
            if (multipart.readBoundary()) {
                throw notAlone();
            }
        }
        return read;
    }

    private static ProblemException notAlone() {
        return ProblemException.invalid(NAME, "must be the name of the one and only part");
    }

    private static byte[] boundary(MediaType type) {
        String boundary = type.getParameter("boundary");
        String unquoted = boundary == null ? "" : StringUtils.deleteAny(boundary, "\"");
        if (unquoted.isBlank()) {
            throw ProblemException.invalid("Content-Type", "must give the boundary of its parts");
        }
        return unquoted.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> headers(String block) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        block.replaceAll("\r\n[ \t]+", " ").lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        });
        return headers;
    }
}

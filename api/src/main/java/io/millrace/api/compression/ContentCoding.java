package io.millrace.api.compression;

/** The content codings (RFC 9110, 8.4.1) that answers can be sent in; where a client likes several as well, the first. */
enum ContentCoding {

    /** RFC 8878; denser and faster than gzip at the levels that pay on the fly. */
    ZSTD("zstd"),
    /** RFC 7932; what browsers without zstd take. */
    BROTLI("br"),
    /** RFC 1952; what everybody takes. */
    GZIP("gzip");

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    /** Its name in headers. */
    String token() {
        return token;
    }
}

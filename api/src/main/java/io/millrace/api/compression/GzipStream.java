package io.millrace.api.compression;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The JDK's gzip with a level, and with a flush that lets out what was written. */
final class GzipStream extends GZIPOutputStream {

    private static final int BUFFER = 8192;

    GzipStream(OutputStream sink, int level) throws IOException {
        super(sink, BUFFER, true);
        def.setLevel(level);
    }
}

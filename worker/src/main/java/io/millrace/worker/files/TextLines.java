package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;

/** The lines of a text. They end with CR or LF; CRLF is followed by an empty line. */
final class TextLines extends TextPieces {

    TextLines(Reader text) {
        super(text);
    }

    @Override
    boolean advance() throws IOException {
        beginNext();
        int next = peek();
        while (next >= 0) {
            if (RewindableReader.isLineBreak((char) next)) {
                return true;
            }
            take();
            next = peek();
        }
        return isUnusable() || !isEmpty();
    }
}

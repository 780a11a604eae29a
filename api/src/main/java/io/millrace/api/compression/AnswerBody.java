package io.millrace.api.compression;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The bytes of an answer. The first ones are kept back until it is clear whether the answer is long enough to be
 * compressed, which a known length, enough bytes, a flush or the end tells.
 */
final class AnswerBody extends ServletOutputStream {

    static final long UNKNOWN = -1;

    private final HttpServletResponse answer;
    private final Encoders encoders;
    private final long minSize;
    private final AcceptedCoding accepted;
    private final boolean head;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length = UNKNOWN;
    private boolean decided;
    private boolean encoded;
    private boolean ended;
    private boolean flushLater;
    private @Nullable String etag;
    private @Nullable String ranges;
    /** Null while undecided, for a plain answer, and for the head of an encoded one, which needs no bytes. */
    private @Nullable EncodedStream encoder;

    AnswerBody(HttpServletResponse answer, Encoders encoders, long minSize, AcceptedCoding accepted, boolean head) {
        this.answer = answer;
        this.encoders = encoders;
        this.minSize = minSize;
        this.accepted = accepted;
        this.head = head;
    }

    void declareLength(long declared) {
        length = declared;
        if (decided && !encoded) {
            answer.setContentLengthLong(declared);
        }
    }

    @Nullable
    String declaredLength() {
        return length == UNKNOWN || encoded ? null : Long.toString(length);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (ended) {
            throw new IOException("the answer has ended");
        }
        if (flushLater) {
            flushLater = false;
            flush();
        }
        if (!decided) {
            if (length == UNKNOWN && kept.size() + count < minSize) {
                kept.write(bytes, offset, count);
                return;
            }
            decide(length == UNKNOWN || length >= minSize, true);
        }
        pass(bytes, offset, count);
    }

    /** A stream: nobody knows how long it will be, so it is compressed from the first byte on. */
    @Override
    public void flush() throws IOException {
        if (ended) {
            return;
        }
        if (!decided) {
            decide(length == UNKNOWN || length >= minSize, true);
        }
        if (encoder == null) {
            answer.flushBuffer();
        } else {
            encoder.flush();
        }
    }

    /**
     * The same as soon as more is written. Spring flushes every answer of a controller that is a ResponseEntity once it is
     * complete, which must not make a stream of each.
     */
    void flushBeforeMore() throws IOException {
        if (decided) {
            flush();
        } else {
            flushLater = true;
        }
    }

    @Override
    public void close() throws IOException {
        finish();
        answer.getOutputStream().close();
    }

    /** Writes the end; nothing if it has ended before. */
    void finish() throws IOException {
        if (ended) {
            return;
        }
        if (!decided) {
            long known = length == UNKNOWN ? kept.size() : length;
            boolean nothing = kept.size() == 0;
            decide(known >= minSize && (head || !nothing), !nothing || head);
        }
        ended = true;
        if (encoder != null) {
            finish(encoder);
        } else if (encoded) {
            // Before the container takes the bytes that a head lacks for a length of 0.
            answer.flushBuffer();
        }
    }

    private static void finish(EncodedStream encoder) throws IOException {
        try {
            encoder.finish();
        } catch (IOException e) {
            encoder.abandon();
            throw e;
        }
    }

    /** Ends without an end, so that a client can tell; what has not reached it can still become another answer. */
    void abandon() {
        if (!ended) {
            giveUp();
        }
    }

    /** Another answer will take the place of this one, by other ways. */
    void giveUp() {
        if (!answer.isCommitted()) {
            startOver();
        } else if (encoder != null) {
            encoder.abandon();
        }
        ended = true;
    }

    /** As if nothing had been written; only before the first byte reached the client. */
    void startOver() {
        boolean wasEncoded = encoded;
        startOverWithoutHeaders();
        if (wasEncoded) {
            answer.setHeader(HttpHeaders.CONTENT_ENCODING, null);
            answer.setHeader(HttpHeaders.ETAG, etag);
            answer.setHeader(HttpHeaders.ACCEPT_RANGES, ranges);
        }
    }

    /** The same where the container has cleared the headers too. */
    void startOverWithoutHeaders() {
        if (encoder != null) {
            encoder.abandon();
            encoder = null;
        }
        kept.reset();
        length = UNKNOWN;
        decided = false;
        encoded = false;
        flushLater = false;
    }

    @Override
    public boolean isReady() {
        return ended || ready();
    }

    /** Who writes without blocking writes to the container: an encoder cannot be asked to take only a part. */
    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            decide(false, true);
            answer.getOutputStream().setWriteListener(listener);
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    private boolean ready() {
        try {
            return answer.getOutputStream().isReady();
        } catch (IOException e) {
            // The write that follows will say so.
            return true;
        }
    }

    private void pass(byte[] bytes, int offset, int count) throws IOException {
        if (encoder != null) {
            encoder.write(bytes, offset, count);
        } else if (!encoded) {
            answer.getOutputStream().write(bytes, offset, count);
        }
    }

    private void decide(boolean longEnough, boolean hasContent) throws IOException {
        decided = true;
        boolean compressible = hasContent && CompressibleAnswer.is(answer);
        ContentCoding coding = accepted.coding();
        if (compressible || CompressibleAnswer.mightHaveBeen(answer)) {
            CompressibleAnswer.vary(answer);
        }
        if (compressible && coding != null && (longEnough || accepted.plainRefused())) {
            encode(coding);
        } else {
            if (coding != null && CompressibleAnswer.mightHaveBeen(answer)) {
                CompressibleAnswer.weakenETag(answer);
            }
            if (length != UNKNOWN) {
                answer.setContentLengthLong(length);
            }
        }
        pass(kept.toByteArray(), 0, kept.size());
        kept.reset();
    }

    private void encode(ContentCoding coding) throws IOException {
        encoded = true;
        etag = answer.getHeader(HttpHeaders.ETAG);
        ranges = answer.getHeader(HttpHeaders.ACCEPT_RANGES);
        answer.setHeader(HttpHeaders.CONTENT_ENCODING, coding.token());
        // A part is one of the plain bytes, which fits to nothing of these.
        answer.setHeader(HttpHeaders.ACCEPT_RANGES, null);
        CompressibleAnswer.weakenETag(answer);
        if (!head) {
            encoder = encoders.start(coding, answer.getOutputStream());
        }
    }
}

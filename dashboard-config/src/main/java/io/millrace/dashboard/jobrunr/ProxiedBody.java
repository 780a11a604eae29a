package io.millrace.dashboard.jobrunr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer on its way to the browser: each piece goes out at once, save those of a page, which gets a {@link WayBack}. Into a stream of events that is quiet goes a
 * comment now and then: it keeps proxies from closing it, and shows whether the browser and its session are still there.
 */
final class ProxiedBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final byte[] COMMENT = ":\n".getBytes(StandardCharsets.US_ASCII);

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    ProxiedBody(Flow.Publisher<List<ByteBuffer>> body) {
        body.subscribe(this);
    }

    /**
     * Copies until one of both ends is reached.
     *
     * @throws IOException
     *             if JobRunr's handlers or the browser break off
     */
    void copyTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        String type = response.getContentType();
        if (type != null && type.startsWith("text/event-stream")) {
            copyEvents(request.getSession(false), response.getOutputStream());
        } else if (type != null && type.startsWith("text/html")) {
            copyPage(response);
        } else {
            copy(response.getOutputStream());
        }
    }

    private void copy(ServletOutputStream output) throws IOException {
        for (var piece = next(LONGEST_PAUSE); !piece.last(); piece = next(LONGEST_PAUSE)) {
            write(piece, output);
            output.flush();
        }
    }

    private void copyPage(HttpServletResponse response) throws IOException {
        var page = new ByteArrayOutputStream();
        for (var piece = next(LONGEST_PAUSE); !piece.last(); piece = next(LONGEST_PAUSE)) {
            write(piece, page);
        }
        byte[] whole = WayBack.addedTo(page.toByteArray());
        response.setContentLength(whole.length);
        response.getOutputStream().write(whole);
    }

    private void copyEvents(@Nullable HttpSession session, ServletOutputStream output) throws IOException {
        output.flush();
        boolean betweenEvents = true;
        for (var piece = next(QUIET); !piece.last() && isValid(session); piece = next(QUIET)) {
            if (!piece.bytes().isEmpty()) {
                betweenEvents = write(piece, output);
            } else if (betweenEvents) {
                output.write(COMMENT);
            }
            output.flush();
        }
    }

    /** Whether it ended with a line break: what may follow then is a line of its own. */
    private static boolean write(Piece piece, OutputStream output) throws IOException {
        byte end = 0;
        for (ByteBuffer buffer : piece.bytes()) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            output.write(bytes);
            end = bytes.length == 0 ? end : bytes[bytes.length - 1];
        }
        return end == '\n';
    }

    private Piece next(Duration longest) throws IOException {
        try {
            var piece = pieces.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (piece == null) {
                if (longest.equals(LONGEST_PAUSE)) {
                    throw new IOException("JobRunr's handlers have fallen silent");
                }
                return Piece.NONE;
            }
            if (piece.failure() != null) {
                throw new IOException("JobRunr's handlers broke off", piece.failure());
            }
            if (!piece.last() && subscription != null) {
                subscription.request(1);
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Whoever signs out, or is away for too long, sees no more of it. */
    private static boolean isValid(@Nullable HttpSession session) {
        try {
            return session == null || session.getCreationTime() >= 0;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        subscription = granted;
        granted.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), true, null));
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private record Piece(List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {

        static final Piece NONE = new Piece(List.of(), false, null);
    }
}

package io.millrace.dashboard.jobrunr;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A response body that is passed on as it is, except for a server error's, which JobRunr fills with a stack trace. */
final class TracelessBody extends FilterOutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(TracelessBody.class);
    private static final byte[] SENTENCE = "The dashboard could not answer; its log may say why.\n"
            .getBytes(StandardCharsets.UTF_8);

    private final HttpExchange exchange;
    private boolean replaced;

    TracelessBody(HttpExchange exchange) {
        super(exchange.getResponseBody());
        this.exchange = exchange;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (exchange.getResponseCode() < 500) {
            out.write(bytes, offset, length);
        } else if (!replaced) {
            replaced = true;
            out.write(SENTENCE);
            LOG.warn("{} {} failed: {}", exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                    new String(bytes, offset, length, StandardCharsets.UTF_8).strip());
        }
    }
}

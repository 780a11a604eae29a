package io.millrace.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;

import org.apache.commons.io.input.ProxyInputStream;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Refuses a body that a controller would have to hold in memory as soon as it is too large: by its Content-Length, or
 * while it is read where it comes in chunks. Streamed uploads read the request themselves and have their own limit.
 */
@RestControllerAdvice
final class JsonBodyLimit extends RequestBodyAdviceAdapter {

    private final DataSize limit;

    JsonBodyLimit(ApiSettings settings) {
        this.limit = settings.maxJsonBody();
    }

    @Override
    public boolean supports(MethodParameter parameter, Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter, Type targetType,
            Class<? extends HttpMessageConverter<?>> converterType) {
        String coding = message.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw ProblemException.contentEncoding("Send the body as it is, without Content-Encoding.");
        }
        if (message.getHeaders().getContentLength() > limit.toBytes()) {
            throw tooLarge();
        }
        return new LimitedMessage(message);
    }

    private ProblemException tooLarge() {
        return ProblemException.tooLarge("The body may have at most " + limit.toBytes() + " bytes.");
    }

    private final class LimitedMessage implements HttpInputMessage {

        private final HttpInputMessage message;

        LimitedMessage(HttpInputMessage message) {
            this.message = message;
        }

        @Override
        public InputStream getBody() throws IOException {
            return new LimitedStream(message.getBody());
        }

        @Override
        public HttpHeaders getHeaders() {
            return message.getHeaders();
        }
    }

    private final class LimitedStream extends ProxyInputStream {

        private long count;

        LimitedStream(InputStream body) {
            super(body);
        }

        @Override
        protected void afterRead(int read) {
            count += Math.max(read, 0);
            if (count > limit.toBytes()) {
                throw tooLarge();
            }
        }
    }
}

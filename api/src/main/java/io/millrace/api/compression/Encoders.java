package io.millrace.api.compression;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes encoders. Those of zstd and brotli are native: on a platform that their libraries do not know, the coding is not
 * offered, which is logged once.
 */
@Component
final class Encoders {

    private static final Logger LOG = LoggerFactory.getLogger(Encoders.class);

    private final CompressionSettings settings;
    private final Set<ContentCoding> offered = EnumSet.of(ContentCoding.GZIP);
    private final AtomicInteger open = new AtomicInteger();

    Encoders(CompressionSettings settings) {
        this.settings = settings;
        offer(ContentCoding.ZSTD, whyNoZstd());
        offer(ContentCoding.BROTLI, Brotli4jLoader.getUnavailabilityCause());
    }

    /** In the order of preference. */
    Set<ContentCoding> offered() {
        return Collections.unmodifiableSet(offered);
    }

    /** How many hold native memory now. */
    int open() {
        return open.get();
    }

    /** Starts to encode what goes to {@code target}, which stays open at the end. */
    EncodedStream start(ContentCoding coding, OutputStream target) throws IOException {
        var stream = new EncodedStream(target, sink -> encoder(coding, sink), open::decrementAndGet);
        open.incrementAndGet();
        return stream;
    }

    private OutputStream encoder(ContentCoding coding, OutputStream sink) throws IOException {
        return switch (coding) {
            case ZSTD -> new ZstdOutputStreamNoFinalizer(sink, RecyclingBufferPool.INSTANCE, settings.zstdLevel());
            case BROTLI -> new BrotliOutputStream(sink, Encoder.Parameters.create(settings.brotliLevel()));
            case GZIP -> new GzipStream(sink, settings.gzipLevel());
        };
    }

    private void offer(ContentCoding coding, @Nullable Throwable whyNot) {
        if (whyNot == null) {
            offered.add(coding);
        } else {
            LOG.warn("{} is not offered, its native library does not load here: {}", coding.token(), whyNot.toString());
        }
    }

    private static @Nullable Throwable whyNoZstd() {
        try {
            Native.load();
            return null;
        } catch (LinkageError e) {
            return e;
        }
    }
}

package io.millrace.worker.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

import io.millrace.core.files.FileProfile;
import io.millrace.worker.files.packing.UnpackBudget;
import io.millrace.worker.files.packing.UnpackLimits;

/**
 * Describes a file in one pass, in memory that does not grow with it: a few MB as a rule, at most about 170 MB for 10,000
 * columns. What is packed is unpacked on the way, within limits. What is no table is told by its media type, and bad
 * records of a table are counted.
 */
public final class FileProfiler {

    private final FormatDetector detector = new FormatDetector();
    private final UnpackLimits limits;

    /** Opens a content at its first byte. */
    public interface Content {

        InputStream open() throws IOException;
    }

    public FileProfiler(UnpackLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the content once, to its end.
     *
     * @param progress
     *            told now and then how many bytes were read
     * @throws io.millrace.jobs.PermanentFailure
     *             if the content is packed and damaged, or holds more than the limits allow
     * @throws java.io.InterruptedIOException
     *             if the thread is interrupted
     * @throws IOException
     *             what the content throws
     */
    public FileProfile profile(Content content, FileHints hints, LongConsumer progress) throws IOException {
        try (var source = content.open()) {
            var input = new MeasuredInput(source, progress);
            var budget = new UnpackBudget(limits, input::bytes);
            return new ContentProfiler(detector, budget).profile(input, hints, 0);
        }
    }
}

package io.millrace.worker.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The marks by which a text may tell its encoding. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ByteOrderMark(byte[] bytes, Charset charset) {

    /** The longer ones first: UTF-32LE's starts with that of UTF-16LE. */
    private static final List<ByteOrderMark> ALL = List.of(
            new ByteOrderMark(new byte[]{(byte) 0xFF, (byte) 0xFE, 0, 0}, StandardCharsets.UTF_32LE),
            new ByteOrderMark(new byte[]{0, 0, (byte) 0xFE, (byte) 0xFF}, StandardCharsets.UTF_32BE),
            new ByteOrderMark(new byte[]{(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, StandardCharsets.UTF_8),
            new ByteOrderMark(new byte[]{(byte) 0xFF, (byte) 0xFE}, StandardCharsets.UTF_16LE),
            new ByteOrderMark(new byte[]{(byte) 0xFE, (byte) 0xFF}, StandardCharsets.UTF_16BE));

    static Optional<ByteOrderMark> startOf(byte[] text) {
        return ALL.stream().filter(mark -> mark.starts(text)).findFirst();
    }

    int length() {
        return bytes.length;
    }

    private boolean starts(byte[] text) {
        return text.length >= bytes.length && Arrays.equals(bytes, 0, bytes.length, text, 0, bytes.length);
    }
}

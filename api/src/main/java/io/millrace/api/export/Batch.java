package io.millrace.api.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

import io.millrace.jobs.json.UtcText;

/** The bytes of one batch in UTF-8. It grows to what a batch needs, and is used again for the one after the next. */
final class Batch {

    private static final byte[] HEX = Ascii.bytes("0123456789abcdef");

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void writeTo(OutputStream out, int from, int count) throws IOException {
        out.write(bytes, from, count);
    }

    void add(char ascii) {
        add((byte) ascii);
    }

    void add(byte next) {
        reserve(1);
        bytes[length++] = next;
    }

    void add(byte[] text) {
        add(text, 0, text.length);
    }

    void add(Utf8 text) {
        add(text.bytes(), text.from(), text.length());
    }

    /** A UUID as RFC 9562 writes it. */
    void addUuid(long high, long low) {
        reserve(36);
        addHex(high >>> 32, 8);
        bytes[length++] = '-';
        addHex(high >>> 16, 4);
        bytes[length++] = '-';
        addHex(high, 4);
        bytes[length++] = '-';
        addHex(low >>> 48, 4);
        bytes[length++] = '-';
        addHex(low, 12);
    }

    /** A time as everywhere in the API. */
    void addTime(long epochSecond, int micro) {
        reserve(UtcText.LONGEST);
        length = UtcText.write(epochSecond, micro, bytes, length);
    }

    private void add(byte[] text, int from, int count) {
        reserve(count);
        System.arraycopy(text, from, bytes, length, count);
        length += count;
    }

    private void addHex(long number, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (number >>> shift) & 15];
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}

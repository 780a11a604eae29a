package io.millrace.core.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value as the JSON it is answered with, in UTF-8: for a {@link CacheResult} that is only handed on. Both levels keep it as
 * it is, so an answer from memory is not written anew, and one from Redis is not even read. Immutable.
 *
 * <p>
 * Not guaranteed: that it is JSON, or in the shape of today's classes; raise {@link CacheResult#version} with the shape, as
 * nothing would notice an older one.
 */
public final class ReadyJson {

    private final byte[] utf8;

    private ReadyJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** Takes the bytes over: they must not be changed any more. */
    public static ReadyJson of(byte[] utf8) {
        return new ReadyJson(utf8);
    }

    static ReadyJson of(String text) {
        return new ReadyJson(text.getBytes(StandardCharsets.UTF_8));
    }

    /** In bytes. */
    public int length() {
        return utf8.length;
    }

    /**
     * Writes all of it; neither flushes nor closes.
     *
     * @throws IOException
     *             what {@code out} throws
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(utf8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReadyJson json && Arrays.equals(utf8, json.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** The JSON itself; what it is within a value that Jackson writes. */
    @Override
    @JsonValue
    @JsonRawValue
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

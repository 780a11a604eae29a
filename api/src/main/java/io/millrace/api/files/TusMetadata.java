package io.millrace.api.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

import io.millrace.api.http.ProblemException;

/**
 * What {@code Upload-Metadata} says of a file: {@code filename} and {@code filetype} as most clients call them. Others are
 * given back and not read.
 *
 * @param text
 *            as it came
 */
record TusMetadata(String text, String name, @Nullable MediaType contentType) {

    /** Clients need not say any. */
    private static final String NO_NAME = "unnamed";

    /**
     * Reads the header.
     *
     * @throws ProblemException
     *             400 if it is malformed, or what it says cannot be kept
     */
    static TusMetadata parse(@Nullable String header) {
        String text = header == null ? "" : header.strip();
        Map<String, String> pairs = pairs(text);
        String name = text(pairs, "filename");
        return new TusMetadata(text, name == null ? NO_NAME : FileName.kept(name),
                DeclaredType.parse(Tus.METADATA, text(pairs, "filetype")));
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return pairs;
        }
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split(" +", -1);
            boolean isWellFormed = parts.length <= 2 && !parts[0].isEmpty()
                    && parts[0].chars().allMatch(c -> c > ' ' && c <= '~');
            if (!isWellFormed || pairs.put(parts[0], parts.length == 1 ? "" : parts[1]) != null) {
                throw invalid();
            }
        }
        return pairs;
    }

    private static @Nullable String text(Map<String, String> pairs, String key) {
        String encoded = pairs.get(key);
        if (encoded == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return ProblemException.invalid(Tus.METADATA, "must be different names, each with a blank and the base64 of its"
                + " UTF-8 text, separated by commas, e.g. filename ZGF0YS5jc3Y=");
    }
}

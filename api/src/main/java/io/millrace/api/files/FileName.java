package io.millrace.api.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

import io.millrace.api.http.ProblemException;

/**
 * A file's name as a {@code Content-Disposition} header gives it (RFC 6266): {@code filename*} in its own character set
 * before {@code filename}, which is read as UTF-8 if it is that, else as Latin-1. It must be there, and what is left of
 * it after any path is 1 to 255 characters without control characters.
 */
final class FileName {

    private static final int MAX_CHARACTERS = 255;

    private static final Pattern BACKSLASH_AND_NEXT = Pattern.compile("\\\\(.)");

    private FileName() {
    }

    /**
     * Reads the header.
     *
     * @param header
     *            its bytes as Latin-1, as HTTP hands them over; null if it is absent
     * @throws ProblemException
     *             400 if it cannot be read
     */
    static ContentDisposition parse(@Nullable String header) {
        if (header == null) {
            return ContentDisposition.empty();
        }
        try {
            return ContentDisposition.parse(keepingBackslashes(asUtf8(header)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProblemException.invalid("Content-Disposition",
                    "cannot be read; it must look like attachment; filename=\"data.csv\"");
        }
    }

    /**
     * The name it gives.
     *
     * @throws ProblemException
     *             400 if there is none, or none that can be kept
     */
    static String of(ContentDisposition disposition) {
        String given = disposition.getFilename();
        if (given == null) {
            throw invalid("is missing; give it in the header Content-Disposition: attachment; filename=\"data.csv\"");
        }
        return kept(given);
    }

    /**
     * A name as it is kept.
     *
     * @throws ProblemException
     *             400 if it cannot be
     */
    static String kept(String given) {
        if (given.codePoints().anyMatch(Character::isISOControl)) {
            throw invalid("must not contain control characters");
        }
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1).strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw invalid("must name a file");
        }
        if (name.codePointCount(0, name.length()) > MAX_CHARACTERS) {
            throw invalid("must be at most " + MAX_CHARACTERS + " characters long");
        }
        return name;
    }

    private static ProblemException invalid(String message) {
        return ProblemException.invalid("filename", message);
    }

    /** Browsers and curl send the bytes of a name as they are, whatever RFC 9110 says of header values. */
    private static String asUtf8(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return latin1;
        }
    }

    /** In C:\data.csv the backslash parts names; by the letter of RFC 9110 it would quote the d. */
    private static String keepingBackslashes(String header) {
        return BACKSLASH_AND_NEXT.matcher(header).replaceAll(pair -> Matcher.quoteReplacement(
                pair.group(1).equals("\"") || pair.group(1).equals("\\") ? pair.group() : "\\" + pair.group()));
    }
}

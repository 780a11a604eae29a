package io.millrace.api.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.ProblemException;
import io.millrace.core.files.Checksum;

/** What {@code Upload-Checksum} says of a body: an algorithm, a blank, and the digest in base64. */
final class TusChecksum {

    static final String ALGORITHMS = "sha1,sha256,sha512,md5";

    private static final Map<String, String> JAVA = Map.of("sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512",
            "md5", "MD5");

    private TusChecksum() {
    }

    /**
     * Reads the header.
     *
     * @return null if there is none
     * @throws ProblemException
     *             400 if it is malformed, or the algorithm is not known
     */
    static @Nullable Checksum parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" +", -1);
        String algorithm = JAVA.get(parts[0]);
        if (algorithm == null || parts.length != 2) {
            throw invalid();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] expected = Base64.getDecoder().decode(parts[1]);
            if (expected.length != digest.getDigestLength()) {
                throw invalid();
            }
            return new Checksum(digest, expected);
        } catch (IllegalArgumentException e) {
            throw invalid();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static ProblemException invalid() {
        return ProblemException.invalid(Tus.CHECKSUM,
                "must be one of " + ALGORITHMS + ", a blank, and the digest of the body in base64");
    }
}

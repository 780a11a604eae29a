package io.millrace.api.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.Sha256;

/**
 * What a caller shows: {@code mr_}, the key's id, {@code _}, 256 random bits and a check sum, so that a typo is told without
 * asking the database, and tools that look for secrets in texts can recognise it. The idea is that of GitHub's tokens.
 */
final class KeyText {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String ID_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BITS = 256;
    private static final int SECRET_LENGTH = 43;
    private static final int SUM_LENGTH = 6;
    private static final Pattern FORM = Pattern
            .compile("mr_([0-9a-z]{" + ID_LENGTH + "})_([0-9A-Za-z]{" + SECRET_LENGTH + "})([0-9A-Za-z]{" + SUM_LENGTH
                    + "})");

    private final String id;
    private final String secret;

    private KeyText(String id, String secret) {
        this.id = id;
        this.secret = secret;
    }

    /** A new secret for a new key. */
    static KeyText random() {
        var id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_DIGITS.charAt(RANDOM.nextInt(ID_DIGITS.length())));
        }
        return randomOf(id.toString());
    }

    /** A new secret for the key with this id. */
    static KeyText randomOf(String id) {
        return new KeyText(id, inDigits(new BigInteger(SECRET_BITS, RANDOM), SECRET_LENGTH));
    }

    /** Null for what is no key or was mistyped. */
    static @Nullable KeyText parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        var key = new KeyText(form.group(1), form.group(2));
        return key.text().equals(text) ? key : null;
    }

    String id() {
        return id;
    }

    /** All of it; for the caller alone. */
    String text() {
        String start = "mr_" + id + "_" + secret;
        var sum = new CRC32();
        sum.update(start.getBytes(StandardCharsets.US_ASCII));
        return start + inDigits(BigInteger.valueOf(sum.getValue()), SUM_LENGTH);
    }

    /** What is kept of it. A fast hash is enough: nobody can try out 256 random bits, as they could a password. */
    byte[] digest() {
        return Sha256.of(id + "_" + secret);
    }

    /** Without the secret: whatever is printed ends up in a log. */
    @Override
    public String toString() {
        return "mr_" + id + "_…";
    }

    private static String inDigits(BigInteger number, int length) {
        var digits = new StringBuilder();
        BigInteger rest = number;
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        for (int i = 0; i < length; i++) {
            BigInteger[] parts = rest.divideAndRemainder(base);
            digits.append(DIGITS.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return digits.reverse().toString();
    }
}

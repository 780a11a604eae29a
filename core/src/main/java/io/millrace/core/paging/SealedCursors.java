package io.millrace.core.paging;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cursors as texts that callers hand back unread: base64url of a version, the microseconds, the id, and an HMAC-SHA256
 * over these and the {@link Listing}. Whoever has no key can neither make one nor use one on another listing or filter.
 * They are signed and not encrypted: they hold nothing that the row they stand on did not say. They do not expire.
 * Thread-safe.
 */
public final class SealedCursors {

    private static final byte VERSION = 1;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int HEAD_BYTES = 1 + Long.BYTES;
    /** More than the longest id needs; whatever is longer is not worth decoding. */
    private static final int MAX_LENGTH = 300;

    private final SecretKeySpec signing;
    private final List<SecretKeySpec> accepted;

    /**
     * Seals with one key and opens with any of them.
     *
     * @param key
     *            the same in all processes that answer the same callers
     * @param alsoAccepted
     *            keys of cursors that are still about, or that other processes seal with already
     */
    public SealedCursors(String key, List<String> alsoAccepted) {
        this.signing = secret(key);
        this.accepted = Stream.concat(Stream.of(key), alsoAccepted.stream()).map(SealedCursors::secret).toList();
    }

    /** The text of a cursor, of letters, digits, {@code -} and {@code _}. */
    public String seal(Cursor cursor, Listing listing) {
        byte[] id = utf8(cursor.id());
        byte[] place = ByteBuffer.allocate(HEAD_BYTES + id.length).put(VERSION)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, cursor.createdAt())).put(id).array();
        byte[] mac = mac(signing, place, listing);
        return text(ByteBuffer.allocate(place.length + MAC_BYTES).put(place).put(mac).array());
    }

    /**
     * The cursor that was sealed for this listing.
     *
     * @throws InvalidCursor
     *             if the text is not exactly what {@link #seal} gave for this listing with an accepted key
     */
    public Cursor open(String text, Listing listing) {
        byte[] bytes = bytes(text);
        var place = new byte[Math.max(0, bytes.length - MAC_BYTES)];
        var mac = new byte[MAC_BYTES];
        try {
            ByteBuffer.wrap(bytes).get(place).get(mac);
            if (!isSealed(place, mac, listing)) {
                throw new InvalidCursor();
            }
            var buffer = ByteBuffer.wrap(place);
            if (buffer.get() != VERSION) {
                throw new InvalidCursor();
            }
            Instant createdAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
            return new Cursor(createdAt, StandardCharsets.UTF_8.decode(buffer).toString());
        } catch (BufferUnderflowException e) {
            throw new InvalidCursor();
        }
    }

    private boolean isSealed(byte[] place, byte[] mac, Listing listing) {
        boolean sealed = false;
        for (SecretKeySpec key : accepted) {
            // No short cuts: how much of it is right must not show in the time it takes.
            sealed |= MessageDigest.isEqual(mac(key, place, listing), mac);
        }
        return sealed;
    }

    private static byte[] mac(SecretKeySpec key, byte[] place, Listing listing) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // Each part with its length before it, so that no two listings run into the same bytes.
            for (byte[] part : List.of(utf8(listing.name()), utf8(listing.filter()), place)) {
                mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidCursor();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // The decoder overlooks padding and spare bits; a cursor has one spelling.
            if (text(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidCursor();
        }
        throw new InvalidCursor();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static SecretKeySpec secret(String key) {
        return new SecretKeySpec(utf8(key), ALGORITHM);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.millrace.core.mail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * An {@link Unsubscription} as a text that says nothing to who has no key, because links end up in logs of proxies: base64url of a
 * version, a nonce, and both parts under AES-GCM. The nonce is a MAC of what is sealed (after SIV, RFC 5297), so that the same
 * has always the same text, and no nonce ever serves two.
 */
final class SealedUnsubscription {

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;
    /** More than the longest address and category need. */
    private static final int MAX_LENGTH = 600;
    private static final char BETWEEN = '\n';

    private final SecretKeySpec encryption;
    private final SecretKeySpec nonces;

    SealedUnsubscription(String key) {
        this.encryption = new SecretKeySpec(derived(key, "encryption"), "AES");
        this.nonces = new SecretKeySpec(derived(key, "nonces"), "HmacSHA256");
    }

    String seal(Unsubscription wanted) {
        byte[] plain = utf8(wanted.category() + BETWEEN + wanted.address());
        byte[] nonce = Arrays.copyOf(mac(nonces, plain), NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(
                    ByteBuffer.allocate(HEAD_BYTES + sealed.length).put(VERSION).put(nonce).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** Empty if it is not exactly what {@link #seal} gave with this key. */
    Optional<Unsubscription> open(String text) {
        byte[] bytes = text.length() > MAX_LENGTH ? null : decoded(text);
        if (bytes == null || bytes.length <= HEAD_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(bytes, 1, HEAD_BYTES)).doFinal(bytes,
                    HEAD_BYTES, bytes.length - HEAD_BYTES);
            String[] parts = new String(plain, StandardCharsets.UTF_8).split(String.valueOf(BETWEEN), 2);
            return Optional.of(new Unsubscription(parts[1], parts[0]));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encryption, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // The decoder overlooks padding and spare bits; a link has one spelling.
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] derived(String key, String use) {
        return mac(new SecretKeySpec(utf8(key), "HmacSHA256"), utf8("millrace unsubscribe " + use));
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

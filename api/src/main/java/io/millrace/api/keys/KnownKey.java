package io.millrace.api.keys;

import java.security.MessageDigest;
import java.util.List;

import io.millrace.api.http.Caller;

/** A key as the filters see it. */
record KnownKey(Caller holder, List<Allowance> allowances, List<Secret> secrets) {

    /** What one of its texts is recognised by. */
    static final class Secret {

        private static final long NEVER = Long.MIN_VALUE;

        /** No text has it. */
        static final Secret OF_NOBODY = new Secret(new byte[32], NEVER);

        private final byte[] digest;
        private final long endsAt;

        /** Ends at a moment of {@code System.nanoTime()}, which no clock's being set moves. */
        Secret(byte[] digest, long endsAt) {
            this.digest = digest;
            this.endsAt = endsAt;
        }

        static Secret endless(byte[] digest) {
            return new Secret(digest, NEVER);
        }

        /** Takes equally long whether it is. */
        boolean isOf(byte[] shown, long now) {
            return MessageDigest.isEqual(digest, shown) && (endsAt == NEVER || endsAt - now > 0);
        }
    }
}

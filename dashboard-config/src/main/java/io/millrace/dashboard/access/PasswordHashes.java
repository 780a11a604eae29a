package io.millrace.dashboard.access;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/** The forms that a password may have in the settings, as Spring Security writes them: {@code {bcrypt}$2a$10$…}. */
final class PasswordHashes {

    /** Where bcrypt stops reading. */
    static final int LONGEST_BYTES = 72;

    private static final String BCRYPT = "bcrypt";
    private static final String PBKDF2 = "pbkdf2@SpringSecurity_v5_8";
    private static final String PLAIN = "plain";
    private static final Pattern HASH = Pattern
            .compile("\\{(bcrypt)}\\$2[aby]\\$(1\\d|2\\d|3[01])\\$[./A-Za-z0-9]{53}|\\{(" + PBKDF2
                    + ")}[0-9a-f]{64,}");

    private final PasswordEncoder hash = new BCryptPasswordEncoder();
    private final PasswordEncoder all;

    PasswordHashes() {
        Map<String, PasswordEncoder> encoders = new HashMap<>();
        encoders.put(BCRYPT, hash);
        encoders.put(PBKDF2, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8());
        encoders.put(PLAIN, new OfAnyLength(hash));
        this.all = new DelegatingPasswordEncoder(BCRYPT, encoders);
    }

    /** Checks what people type. */
    PasswordEncoder encoder() {
        return all;
    }

    /** Whether it is a hash that can be checked, and costs enough to be worth the name. */
    static boolean isHash(String password) {
        return HASH.matcher(password).matches();
    }

    /** For the settings; of {@value #LONGEST_BYTES} bytes at most. */
    String hashed(String password) {
        return "{" + BCRYPT + "}" + hash.encode(password);
    }

    /** For this process alone: a password that stands in its settings as it is, of any length. */
    String ofPlain(String password) {
        return "{" + PLAIN + "}" + new OfAnyLength(hash).encode(password);
    }

    static boolean isTooLong(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES;
    }

    /** Costs as much as a hash from the settings, so that how long a refusal takes does not tell names that exist. */
    private record OfAnyLength(PasswordEncoder hash) implements PasswordEncoder {

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return hash.encode(digest(password));
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
            return hash.matches(digest(password), encoded);
        }

        private static String digest(@Nullable CharSequence password) {
            return Sha256.hex(String.valueOf(password));
        }
    }
}

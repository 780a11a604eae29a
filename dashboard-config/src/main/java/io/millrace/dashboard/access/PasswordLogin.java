package io.millrace.dashboard.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** A name and a password, of a form or of basic authentication, held against the settings as often as {@link LoginAttempts} allows. */
final class PasswordLogin implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordLogin.class);

    private final DaoAuthenticationProvider passwords;
    private final LoginAttempts attempts;

    PasswordLogin(UserDetailsService users, PasswordHashes hashes, LoginAttempts attempts) {
        this.passwords = new DaoAuthenticationProvider(users);
        this.passwords.setPasswordEncoder(hashes.encoder());
        this.attempts = attempts;
    }

    @Override
    public Authentication authenticate(Authentication shown) throws AuthenticationException {
        String name = shown.getName();
        String address = shown.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "";
        var attempt = attempts.begin(name, address);
        if (!attempt.delay().isZero()) {
            var refusal = new TooManyAttempts(attempt.delay());
            LOG.warn("too many failed attempts to sign in from {}: the next is looked at in {} s", OneLine.of(address),
                    refusal.seconds());
            throw refusal;
        }
        boolean right = false;
        try {
            var signedIn = passwords.authenticate(shown);
            right = true;
            return signedIn;
        } catch (AuthenticationException e) {
            // Without the name: people type their password there.
            LOG.warn("an attempt to sign in from {} failed", OneLine.of(address));
            throw e;
        } finally {
            if (right) {
                attempts.succeeded(attempt);
            } else {
                attempts.failed(attempt);
            }
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}

package io.millrace.dashboard.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import io.millrace.jobs.CannotStart;

/** Whom the settings let in, and where; refuses the start where that would be others than the operators. */
final class Access {

    private static final String OWN_PASSWORD = "Set MILLRACE_DASHBOARD_PASSWORD (millrace.dashboard.password) to at least "
            + WeakPassword.MINIMUM_LENGTH + " characters of your own.";
    private static final String HASH_IT = "Put there what the command hash-password of this program prints, and mind that $ means"
            + " something to shells and to Compose.";

    private Access() {
    }

    /**
     * The interface to listen on.
     *
     * @throws CannotStart
     *             if this host has none, or if the dashboard may not be open there
     */
    static InetAddress address(DashboardSettings settings) {
        var address = interfaceAt(settings.address());
        if (settings.open() && !address.isLoopbackAddress()) {
            throw new CannotStart("The dashboard may be open to everybody on a loopback address only, and "
                    + settings.address() + " is none.", "Leave out MILLRACE_DASHBOARD_OPEN. " + OWN_PASSWORD, null);
        }
        if (settings.allowPlainPasswords() && !address.isLoopbackAddress()) {
            throw new CannotStart("Passwords may be plain text on a loopback address only, and " + settings.address()
                    + " is none.", "Leave out MILLRACE_DASHBOARD_ALLOW_PLAIN_PASSWORDS. " + HASH_IT, null);
        }
        return address;
    }

    /**
     * Those who sign in with a password; nobody where the dashboard is open.
     *
     * @param elsewhere
     *            whether people can sign in with a provider as well, so that nobody here is fine
     * @throws CannotStart
     *             if a password would be guessed, is no hash, or there is nobody at all
     */
    static UserDetailsService users(DashboardSettings settings, PasswordHashes hashes, boolean elsewhere) {
        Map<String, UserDetails> users = new HashMap<>();
        if (!settings.open()) {
            for (int i = 0; i < settings.users().size(); i++) {
                add(users, settings.users().get(i), i, settings.allowPlainPasswords(), hashes);
            }
            addOperator(users, settings, hashes, elsewhere);
        }
        return name -> {
            var user = users.get(name);
            if (user == null) {
                throw new UsernameNotFoundException("nobody of that name");
            }
            // A copy: whoever checks it takes the hash away afterwards.
            return User.withUserDetails(user).build();
        };
    }

    private static void addOperator(Map<String, UserDetails> users, DashboardSettings settings, PasswordHashes hashes,
            boolean elsewhere) {
        if (settings.password().isEmpty() && (elsewhere || !users.isEmpty())) {
            return;
        }
        if (WeakPassword.is(settings.password(), settings.username())) {
            throw new CannotStart("The dashboard has no password, a well-known one, or one that is too short.",
                    OWN_PASSWORD, null);
        }
        if (users.containsKey(settings.username())) {
            throw twice(settings.username());
        }
        users.put(settings.username(), user(settings.username(), hashes.ofPlain(settings.password()), Role.OPERATOR));
    }

    private static void add(Map<String, UserDetails> users, DashboardSettings.User user, int index, boolean plain,
            PasswordHashes hashes) {
        String setting = "millrace.dashboard.users[" + index + "].password";
        boolean hash = PasswordHashes.isHash(user.password());
        if (!hash && !plain) {
            throw new CannotStart("The password of the dashboard's user " + user.name() + " (" + setting
                    + ") is no hash of a known form: plain text, cheap to guess, or damaged.", HASH_IT, null);
        }
        if (!hash && WeakPassword.is(user.password(), user.name())) {
            throw new CannotStart("The password of the dashboard's user " + user.name() + " (" + setting
                    + ") is a well-known one, or too short.", HASH_IT, null);
        }
        if (users.containsKey(user.name())) {
            throw twice(user.name());
        }
        String password = hash ? user.password() : hashes.ofPlain(user.password());
        users.put(user.name(), user(user.name(), password, user.role()));
    }

    private static UserDetails user(String name, String password, Role role) {
        return User.withUsername(name).password(password).authorities(role.authorities()).build();
    }

    private static CannotStart twice(String name) {
        return new CannotStart("The dashboard has two users called " + name + ".",
                "Give each a name of its own in MILLRACE_DASHBOARD_USERNAME and millrace.dashboard.users.", null);
    }

    private static InetAddress interfaceAt(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new CannotStart("The dashboard cannot listen on " + address + ": this host has no such address.",
                    "Set MILLRACE_DASHBOARD_ADDRESS (millrace.dashboard.address) to one that it has.", e);
        }
    }
}

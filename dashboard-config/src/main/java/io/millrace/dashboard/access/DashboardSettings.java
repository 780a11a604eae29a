package io.millrace.dashboard.access;

import java.util.List;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How people reach the dashboard, and who may.
 *
 * @param address
 *            the interface it listens on
 * @param port
 *            0 for any free port
 * @param username
 *            of the one operator whose password is below
 * @param password
 *            in plain text, of at least 12 characters and not one of the well-known; empty for no such operator
 * @param users
 *            further people, with hashed passwords
 * @param allowPlainPasswords
 *            whether theirs may stand here as they are; only on a loopback address
 * @param open
 *            nobody signs in, everybody is an operator; only on a loopback address
 * @param trustedProxies
 *            addresses and ranges, such as 10.1.0.0/16, whose {@code X-Forwarded-For}, {@code -Proto}, {@code -Host},
 *            {@code -Port} and {@code -Prefix} are believed; nobody's unless given
 */
@Validated
@ConfigurationProperties("millrace.dashboard")
record DashboardSettings(@DefaultValue("0.0.0.0") @NotBlank String address,
        @DefaultValue("8000") @Min(0) @Max(65535) int port, @DefaultValue("operator") @NotBlank String username,
        @DefaultValue("") String password, @DefaultValue List<@Valid User> users,
        @DefaultValue("false") boolean allowPlainPasswords, @DefaultValue("false") boolean open,
        @DefaultValue List<String> trustedProxies) {

    /** Without the passwords. */
    @Override
    public String toString() {
        return "DashboardSettings[address=" + address + ", port=" + port + ", username=" + username + ", users=" + users
                + ", open=" + open + "]";
    }

    /**
     * Somebody who signs in with a name and a password.
     *
     * @param password
     *            hashed, as the command {@code hash-password} prints it
     */
    record User(@NotBlank @Size(max = 100) String name, @NotBlank String password,
            @DefaultValue("VIEWER") @NotNull Role role) {

        /** Without the password. */
        @Override
        public String toString() {
            return name + " (" + role + ")";
        }
    }
}

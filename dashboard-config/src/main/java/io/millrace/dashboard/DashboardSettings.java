package io.millrace.dashboard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How operators reach the dashboard.
 *
 * @param address
 *            the interface it listens on
 * @param port
 *            0 for any free port
 * @param password
 *            at least 12 characters and not one of the well-known; no default
 * @param open
 *            no password at all; only on a loopback address
 */
@Validated
@ConfigurationProperties("millrace.dashboard")
record DashboardSettings(@DefaultValue("0.0.0.0") @NotBlank String address,
        @DefaultValue("8000") @Min(0) @Max(65535) int port, @DefaultValue("operator") @NotBlank String username,
        @DefaultValue("") String password, @DefaultValue("false") boolean open) {

    /** Without the password. */
    @Override
    public String toString() {
        return "DashboardSettings[address=" + address + ", port=" + port + ", username=" + username + ", open=" + open
                + "]";
    }
}

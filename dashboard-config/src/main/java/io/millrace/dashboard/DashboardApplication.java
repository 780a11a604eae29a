package io.millrace.dashboard;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import io.millrace.dashboard.access.HashPassword;

/**
 * Starts the dashboard as a process of its own. Exit code 1 and one sentence on the log if it cannot. With
 * {@code hash-password} as its argument, the operator's command for passwords.
 */
@SpringBootApplication
public class DashboardApplication {

    public static void main(String[] args) {
        if (HashPassword.isMeant(args)) {
            System.exit(HashPassword.run(args, System.in, System.out, System.err));
        }
        SpringApplication.run(DashboardApplication.class, args);
    }
}

package io.millrace.dashboard.access;

import java.util.concurrent.atomic.AtomicInteger;

import io.millrace.dashboard.DashboardProcess;

/** One dashboard for several tests, with the operator and a viewer, "vera", behind a proxy that is trusted; it ends with the JVM. */
final class People {

    static final String VIEWERS = "look-but-do-not-touch";
    static final DashboardProcess PROCESS = DashboardProcess.start("--millrace.dashboard.trusted-proxies=127.0.0.1",
            "--millrace.dashboard.login.first-delay=1m",
            "--millrace.dashboard.users[0].name=vera", "--millrace.dashboard.users[0].role=viewer",
            "--millrace.dashboard.users[0].password=" + new PasswordHashes().hashed(VIEWERS));

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private People() {
    }

    /** So that the failures of one test do not count in another. */
    static String nextAddress() {
        return "10.20.0." + ADDRESSES.incrementAndGet();
    }
}

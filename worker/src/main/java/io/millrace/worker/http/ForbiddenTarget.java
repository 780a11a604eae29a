package io.millrace.worker.http;

import java.net.UnknownHostException;

/** The host is there, but nobody may call it from here. */
final class ForbiddenTarget extends UnknownHostException {

    private static final long serialVersionUID = 1;

    ForbiddenTarget(String host) {
        super(host
                + " has an address that is not public; an operator may allow it by millrace.http-call.allowed-targets");
    }
}

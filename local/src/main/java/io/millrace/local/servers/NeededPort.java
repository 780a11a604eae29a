package io.millrace.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * A port of the loopback interface that something in this process is about to listen on.
 *
 * @param needer
 *            who needs it, as the subject of a sentence
 * @param property
 *            the setting that changes it
 */
public record NeededPort(int port, String needer, String property) {

    /**
     * Checks that every port is free and asked for once, so that people read one sentence and not the stack trace of
     * whichever server meets its port in use first.
     *
     * @throws CannotStart
     *             naming the first port that is not
     */
    public static void requireFree(List<NeededPort> ports) {
        var taken = new HashMap<Integer, NeededPort>();
        for (var needed : ports) {
            var other = taken.putIfAbsent(needed.port, needed);
            if (other != null) {
                throw new CannotStart("Port " + needed.port + " is asked for by " + other.needer + " (" + other.property
                        + ") and by " + needed.needer + ": set " + needed.variable() + " to another port.");
            }
            if (!needed.isFree()) {
                throw new CannotStart("Port " + needed.port + " is in use and " + needed.needer
                        + " needs it: stop what uses it, or set " + needed.variable() + " to another port.");
            }
        }
    }

    private boolean isFree() {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The environment variable and the property. */
    private String variable() {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') + " (" + property + ")";
    }
}

package io.millrace.api.http;

import java.util.Set;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Who makes a request; a parameter of a controller's method.
 *
 * @param key
 *            the id of the API key that was shown, never the key itself; {@code configured} for one of the settings, {@code open}
 *            where none is needed
 * @param name
 *            what operators call that key
 * @param scopes
 *            what it is for
 * @param allowedTypes
 *            the job types it may enqueue; empty for all
 * @param allowedQueues
 *            the queues it may enqueue to; empty for all
 */
public record Caller(String key, String name, Set<Scope> scopes, Set<String> allowedTypes, Set<String> allowedQueues) {

    /** Where nobody needs a key. */
    static final Caller OPEN = unrestricted("open");

    /** With a key of the settings. */
    static final Caller CONFIGURED = unrestricted("configured");

    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        scopes = Set.copyOf(scopes);
        allowedTypes = Set.copyOf(allowedTypes);
        allowedQueues = Set.copyOf(allowedQueues);
    }

    static Caller unrestricted(String key) {
        return new Caller(key, key, Set.of(Scope.values()), Set.of(), Set.of());
    }

    /** Who makes this request, once filters have let it in. */
    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller known ? known : OPEN;
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether a job of this type may be put into this queue; the queue it ends in, not the one that was asked for. */
    public boolean mayEnqueue(String type, String queue) {
        return (allowedTypes.isEmpty() || allowedTypes.contains(type))
                && (allowedQueues.isEmpty() || allowedQueues.contains(queue));
    }

    /**
     * The same as an exception. Where it is called after the job was queued, in the same transaction, the job is gone with
     * it.
     *
     * @throws ProblemException
     *             403 of kind {@code job-not-allowed}
     */
    public void checkMayEnqueue(String type, String queue) {
        if (!mayEnqueue(type, queue)) {
            throw ProblemException.forbidden("job-not-allowed", "The API key does not allow this job",
                    "This key may not enqueue jobs of this type, or not to this queue.");
        }
    }

    void calls(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}

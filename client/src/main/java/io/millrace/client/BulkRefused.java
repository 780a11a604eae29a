package io.millrace.client;

import java.util.List;

/**
 * A chunk of a bulk was not enqueued, or it is not known whether it was. The chunks before it are, and of those behind it none.
 */
public final class BulkRefused extends MillraceException {

    private static final long serialVersionUID = 1;

    private final transient List<JobRef<?>> enqueued;
    private final List<ItemError> errors;

    BulkRefused(List<? extends JobRef<?>> enqueued, List<ItemError> errors, MillraceException cause) {
        super("after " + enqueued.size() + " jobs of the bulk: " + cause.getMessage(), cause.problem().orElse(null),
                cause);
        this.enqueued = List.copyOf(enqueued);
        this.errors = List.copyOf(errors);
    }

    /** The first jobs of the stream, all of which are enqueued; in its order. */
    public List<JobRef<?>> enqueued() {
        return enqueued;
    }

    /**
     * Which jobs are wrong; empty if it is not that. The server does not name more of them than its own limit.
     */
    public List<ItemError> errors() {
        return errors;
    }

    /**
     * Whether the chunk may have been enqueued all the same: the answer was lost, or did not come from the server itself.
     * {@link MillraceClient#list} by a label of the jobs tells.
     */
    public boolean isInDoubt() {
        return getCause() instanceof RequestRefused refused
                ? refused.status() >= 500
                : !Futures.isOfNoConnection(getCause() == null ? null : getCause().getCause());
    }

    /**
     * What is wrong with one job.
     *
     * @param index
     *            its place in the stream, from 0
     * @param field
     *            its path in the job, e.g. {@code payload.to}; empty for the job as a whole
     */
    public record ItemError(long index, String field, String message) implements java.io.Serializable {
    }
}

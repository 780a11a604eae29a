package io.millrace.jobs;

import org.jobrunr.JobRunrException;

/**
 * Thrown by a handler when no further attempt can succeed: the job becomes FAILED at once. The message is shown to
 * services and operators, so it must hold no payload values.
 */
public class PermanentFailure extends JobRunrException {

    private static final long serialVersionUID = 1;

    public PermanentFailure(String reason) {
        super(reason, true);
    }

    public PermanentFailure(String reason, Throwable cause) {
        super(reason, true, cause);
    }
}

package io.millrace.worker.files.packing;

import io.millrace.jobs.PermanentFailure;

/** Packed data that cannot be unpacked to its end. What came before is not to be taken for the whole. */
public final class DamagedContent extends PermanentFailure {

    private static final long serialVersionUID = 1;

    DamagedContent(String what, long bytes, Exception cause) {
        super(what + " is damaged or cut off: only " + bytes + " bytes of its content could be unpacked", cause);
    }

    DamagedContent(String reason) {
        super(reason);
    }
}

package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/**
 * Names one request, so that it may be made again.
 *
 * @param key
 *            1 to 255 characters, shown in exceptions, so never personal data
 * @param request
 *            what has to be the same when the key comes again, of any length, for callers whose requests are more than that; only a
 *            hash of it is kept. Null: the job's type and its payload, in whatever order an object's fields come
 */
public record IdempotencyKey(String key, @Nullable String request) {

    /**
     * Checks the key.
     *
     * @throws InvalidEnqueueOption
     *             if it is not as said above
     */
    public IdempotencyKey {
        InvalidEnqueueOption.checkKey("idempotencyKey", key);
    }
}

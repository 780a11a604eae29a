package io.millrace.core.cache;

/** {@code millrace.redis.url} cannot be understood. Does not repeat it: there may be a password in it. */
final class InvalidRedisUrl extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    InvalidRedisUrl() {
        super("millrace.redis.url (environment variable MILLRACE_REDIS_URL) must be redis://host:port or"
                + " rediss://host:port, with user:password@ before the host if Redis wants them.");
    }
}

package io.millrace.core.cache;

/** What the cache's keys in Redis are called. */
final class RedisKeys {

    /** Messages about what was dropped, for the memory of all processes. */
    static final String CHANNEL = "millrace:cache";

    /** How many messages there have been. */
    static final String MESSAGES = "millrace:cache:messages";

    /** The token that every entry bears. */
    static final String EPOCH = "millrace:cache:epoch";

    /** The token that is only compared when a value is kept: it changes with invalidations by key and by pattern. */
    static final String SWEEP = "millrace:cache:sweep";

    private RedisKeys() {
    }

    static String entry(String key) {
        return "millrace:cache:entry:" + key;
    }

    /** The token of a tag. */
    static String token(String tag) {
        return "millrace:cache:tag:" + tag;
    }

    /** The entries of a tag, by the end of their life. */
    static String index(String tag) {
        return "millrace:cache:index:" + tag;
    }

    static String lease(String key) {
        return "millrace:cache:lease:" + key;
    }
}

package io.millrace.core.cache;

/**
 * What happens in Redis in one step. Each tag has a token, a random text that every invalidation replaces; an entry bears
 * the tokens of its tags and counts only while they are the same. A tag whose token Redis evicted gets a new one, so its
 * entries are misses: never does a lost token bring an old entry back.
 */
final class RedisScripts {

    /**
     * Keeps an entry unless a token has changed since the lookup. Tokens and indexes live on for a while longer than it.
     *
     * <p>
     * KEYS: entry, epoch, sweep, then the tags' tokens, then the tags' indexes. ARGV: number of tags, a fresh token, value,
     * milliseconds to live, milliseconds for tokens to live, now and end of life in milliseconds, then the tokens that the
     * lookup saw ('' for none) in the order of KEYS.
     */
    static final String KEEP = """
                               local tags = tonumber(ARGV[1])
                               local lives = tonumber(ARGV[5])
                               local stamps = {}
                               for i = 1, tags + 2 do
                                   local now = redis.call('GET', KEYS[i + 1])
                                   local seen = ARGV[i + 7]
                                   if seen == '' then
                                       if now then return 0 end
                                       now = ARGV[2]
                                       if i == 1 then
                                           now = (string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or '') .. '-' .. now
                                       end
                                   elseif now ~= seen then
                                       return 0
                                   end
                                   stamps[i] = now
                               end
                               if ARGV[8] == '' then redis.call('SET', KEYS[2], stamps[1]) end
                               for i = 2, tags + 2 do
                                   if redis.call('PTTL', KEYS[i + 1]) < lives then
                                       redis.call('SET', KEYS[i + 1], stamps[i], 'PX', lives)
                                   end
                               end
                               table.remove(stamps, 2)
                               redis.call('SET', KEYS[1], ARGV[7] .. ' ' .. table.concat(stamps, ' ') .. '|' .. ARGV[3], 'PX', ARGV[4])
                               for i = tags + 4, 2 * tags + 3 do
                                   redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ARGV[6])
                                   redis.call('ZADD', KEYS[i], ARGV[7], KEYS[1])
                                   if redis.call('PTTL', KEYS[i]) < lives then redis.call('PEXPIRE', KEYS[i], lives) end
                               end
                               return 1
                               """;

    /**
     * Replaces a token, so that what bears the old one counts no more, tells all processes, and removes some entries of an
     * index: a bounded number, so that Redis is held up by none of them.
     *
     * <p>
     * KEYS: token, number of messages, index. ARGV: a fresh token, milliseconds for it to live, channel, message, how many
     * entries at most. Returns how many are gone and how many are left.
     */
    static final String RENEW = """
                                redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
                                local number = redis.call('INCR', KEYS[2])
                                redis.call('PUBLISH', ARGV[3], number .. ' ' .. ARGV[4])
                                local keys = redis.call('ZRANGE', KEYS[3], 0, tonumber(ARGV[5]) - 1)
                                if #keys == 0 then return {0, 0} end
                                local gone = redis.call('UNLINK', unpack(keys))
                                redis.call('ZREMRANGEBYRANK', KEYS[3], 0, #keys - 1)
                                return {gone, redis.call('ZCARD', KEYS[3])}
                                """;

    /** Replaces the epoch's token. KEYS: epoch, number of messages. ARGV: a fresh token, channel, message. */
    static final String RENEW_EPOCH = """
                                      local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
                                      redis.call('SET', KEYS[1], run .. '-' .. ARGV[1])
                                      local number = redis.call('INCR', KEYS[2])
                                      redis.call('PUBLISH', ARGV[2], number .. ' ' .. ARGV[3])
                                      return number
                                      """;

    /**
     * The epoch's token begins with the id of Redis' run: one that was restarted may have read an old state from its disk, of
     * which nothing counts. KEYS: epoch. ARGV: a fresh token.
     */
    static final String RENEW_EPOCH_AFTER_RESTART = """
                                                    local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ARGV[1]
                                                    local epoch = redis.call('GET', KEYS[1])
                                                    if epoch and string.sub(epoch, 1, #run + 1) == run .. '-' then return 0 end
                                                    redis.call('SET', KEYS[1], run .. '-' .. ARGV[1])
                                                    return 1
                                                    """;

    /** Tells all processes. KEYS: number of messages. ARGV: channel, message. */
    static final String TELL = """
                               local number = redis.call('INCR', KEYS[1])
                               redis.call('PUBLISH', ARGV[1], number .. ' ' .. ARGV[2])
                               return number
                               """;

    /**
     * Grants a lease unless somebody has one for the same tokens: one of before an invalidation keeps nobody from loading.
     *
     * <p>
     * KEYS: lease. ARGV: who asks, the tokens that the lookup saw, milliseconds to live.
     */
    static final String LEASE = """
                                if redis.call('HGET', KEYS[1], 'tokens') == ARGV[2] then return 0 end
                                redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'tokens', ARGV[2])
                                redis.call('PEXPIRE', KEYS[1], ARGV[3])
                                return 1
                                """;

    /** KEYS: lease. ARGV: who had it. */
    static final String GIVE_BACK = """
                                    if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
                                    return 0
                                    """;

    private RedisScripts() {
    }
}

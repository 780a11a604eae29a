package io.millrace.core.cache;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/** Where Redis is and how to speak to it, as the settings say. */
record RedisAddress(HostAndPort host, DefaultJedisClientConfig client) {

    /**
     * Reads the URL.
     *
     * @throws InvalidRedisUrl
     *             if it is none
     */
    static RedisAddress of(RedisSettings settings) {
        URI uri = parse(settings.url());
        return new RedisAddress(JedisURIHelper.getHostAndPort(uri),
                DefaultJedisClientConfig.builder().timeoutMillis(Math.toIntExact(settings.timeout().toMillis()))
                        .user(JedisURIHelper.getUser(uri)).password(JedisURIHelper.getPassword(uri))
                        .database(JedisURIHelper.getDBIndex(uri)).ssl(JedisURIHelper.isRedisSSLScheme(uri))
                        .clientName("millrace").build());
    }

    /** Connects when it is first used. */
    RedisClient pool(int connections, Duration longestWait) {
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(longestWait);
        pool.setJmxEnabled(false);
        return RedisClient.builder().hostAndPort(host).clientConfig(client).poolConfig(pool).build();
    }

    /** One connection that belongs to no pool. */
    Jedis connection() {
        return new Jedis(host, client);
    }

    @Override
    public String toString() {
        return host.toString();
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url.strip());
            if (JedisURIHelper.isValid(uri)
                    && (JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Its message, and so the exception itself, repeats the password.
            throw new InvalidRedisUrl();
        }
        throw new InvalidRedisUrl();
    }
}

package io.millrace.local.architecture.broken.core.users;

import redis.clients.jedis.HostAndPort;

public record CachingInRedis(HostAndPort redis) {
}

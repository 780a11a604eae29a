package io.millrace.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How a {@link MillraceClient} is made: {@link MillraceClient#builder}. */
public final class ClientBuilder {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final URI server;
    private @Nullable String apiKey;
    private @Nullable HttpClient http;
    private JsonMapper json = JsonMapper.shared();
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration silence = Duration.ofSeconds(45);
    private BackOff backOff = new BackOff(6, Duration.ofMillis(250), Duration.ofSeconds(30));

    ClientBuilder(URI server) {
        if (!("http".equals(server.getScheme()) || "https".equals(server.getScheme())) || server.getHost() == null
                || server.getRawUserInfo() != null || server.getRawQuery() != null || server.getRawFragment() != null) {
            // Without the address, which may hold a password.
            throw new IllegalArgumentException(
                    "the server's address must be http:// or https://, a host and no more than a port and a path");
        }
        this.server = server;
    }

    /**
     * Sent as {@code Authorization: Bearer}, and shown nowhere. An API without keys, as {@code local} is, needs none.
     *
     * @throws IllegalArgumentException
     *             if it is no text that a header can hold
     */
    public ClientBuilder apiKey(String newKey) {
        if (!newKey.matches("[!-~]+")) {
            throw new IllegalArgumentException("an API key is of printable ASCII characters without spaces");
        }
        this.apiKey = newKey;
        return this;
    }

    /**
     * Another client than one of its own, for proxies, certificates or threads. It is not closed with this one. Let it follow no redirect
     * that leads elsewhere: it would take the API key with it.
     */
    public ClientBuilder httpClient(HttpClient newClient) {
        this.http = newClient;
        return this;
    }

    /** What writes payloads and reads results; plain Jackson unless told. */
    public ClientBuilder jsonMapper(JsonMapper newMapper) {
        this.json = newMapper;
        return this;
    }

    /** How long an attempt waits for an answer and all of its body, beside what it asks the server to wait; 30 seconds unless told. */
    public ClientBuilder requestTimeout(Duration newTimeout) {
        this.requestTimeout = positive(newTimeout);
        return this;
    }

    /** How often a call is repeated after it failed in passing; 6 unless told, 0 for never. */
    public ClientBuilder retries(int newRetries) {
        this.backOff = new BackOff(newRetries, backOff.first(), backOff.longest());
        return this;
    }

    /**
     * The pauses between attempts: from the first they double up to the longest, and half of each is left to chance. 250 milliseconds
     * and 30 seconds unless told. A server that asks for a longer pause than the longest is not asked again.
     */
    public ClientBuilder backOff(Duration first, Duration longest) {
        this.backOff = new BackOff(backOff.retries(), first, longest);
        return this;
    }

    /** After which silence a stream of events counts as broken. The server says something every 15 seconds; 45 unless told. */
    public ClientBuilder longestSilence(Duration newSilence) {
        this.silence = positive(newSilence);
        return this;
    }

    public MillraceClient build() {
        var client = http != null ? http : ownClient();
        return new MillraceClient(new Connection(server, apiKey, client, http == null, backOff, requestTimeout),
                new JobJson(json), silence);
    }

    private HttpClient ownClient() {
        var version = "http".equals(server.getScheme()) ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2;
        return HttpClient.newBuilder().version(version).connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    private static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("must be longer than nothing");
        }
        return duration;
    }
}

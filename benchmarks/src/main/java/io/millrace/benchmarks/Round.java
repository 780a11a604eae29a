package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;

import io.millrace.benchmarks.load.Answered;
import io.millrace.benchmarks.load.Load;
import io.millrace.benchmarks.load.Requests;

/**
 * A second of requests as fast as they are answered.
 *
 * @param cpu
 *            what the API's process took
 */
record Round(Answered answered, Duration cpu) {

    static final int CONNECTIONS = 8;
    static final Duration TIME = Duration.ofSeconds(1);

    static Round of(ApiProcess api, Requests requests) throws IOException, InterruptedException {
        Duration before = api.cpu();
        Answered answered = new Load(api.port(), CONNECTIONS).asFastAsItGoes(requests, TIME);
        return new Round(answered, api.cpu().minus(before));
    }

    double perSecond() {
        return answered.perSecond();
    }

    /** Of an answer's body. */
    double bytes() {
        return answered.bytesPerAnswer();
    }

    double cpuMicrosPerRequest() {
        return cpu.toNanos() / 1e3 / answered.requests();
    }

    double millisWithin(double share) {
        return answered.latencies().within(share).toNanos() / 1e6;
    }
}

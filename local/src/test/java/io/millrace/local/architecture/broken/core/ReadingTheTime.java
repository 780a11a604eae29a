package io.millrace.local.architecture.broken.core;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** The ways in which a class can read the machine's time past the Clock bean. */
public final class ReadingTheTime {

    private ReadingTheTime() {
    }

    public static final class OfAnInstant {

        public Instant time() {
            return Instant.now();
        }
    }

    public static final class OfADate {

        public LocalDateTime time() {
            return LocalDateTime.now(ZoneOffset.UTC);
        }
    }

    public static final class ByReference {

        public Supplier<Instant> time() {
            return Instant::now;
        }
    }

    public static final class InMilliseconds {

        public long time() {
            return System.currentTimeMillis();
        }
    }

    public static final class FromAClockOfItsOwn {

        public Instant time() {
            return Clock.systemUTC().instant();
        }
    }
}

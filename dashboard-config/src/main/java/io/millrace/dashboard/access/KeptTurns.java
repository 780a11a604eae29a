package io.millrace.dashboard.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Turns of those who had to wait for what others did: from the end of the delay that they were told on, one try of theirs is made whatever
 * the others have done since, who could otherwise renew the delay for ever. A turn a second for each name and each address, so that very
 * many who wait are not very many guesses; one address that asks for many names gets a guess a second by them, where the delay alone would leave it
 * one in eight, and none of a name more often than before. Not safe in itself: under the lock of {@link LoginAttempts}.
 */
final class KeptTurns {

    /** How long it is kept for somebody who types slowly. */
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration BETWEEN_TWO = Duration.ofSeconds(1);

    private final Map<String, Instant> turns = new Bounded<>(LoginAttempts.MOST_KEYS);
    private final Map<String, Instant> taken = new Bounded<>(LoginAttempts.MOST_KEYS);

    /** Whether it is this one's turn now, which is over with that. */
    boolean take(LoginAttempts.Keys who, Instant now) {
        var turn = turns.get(who.pair());
        if (turn == null || now.isBefore(turn) || isOver(turn, now) || isSoonAfter(taken.get(who.name()), now)
                || isSoonAfter(taken.get(who.address()), now)) {
            return false;
        }
        turns.remove(who.pair());
        taken.put(who.name(), now);
        taken.put(who.address(), now);
        return true;
    }

    /** How long it is until the turn of somebody who would have to wait for so long otherwise; at least a second. */
    Duration until(LoginAttempts.Keys who, Duration otherwise, Instant now) {
        var turn = turns.get(who.pair());
        if (turn == null || isOver(turn, now)) {
            turns.put(who.pair(), now.plus(otherwise));
            return otherwise;
        }
        var left = Duration.between(now, turn);
        var sooner = left.compareTo(otherwise) < 0 ? left : otherwise;
        return sooner.compareTo(BETWEEN_TWO) < 0 ? BETWEEN_TWO : sooner;
    }

    private static boolean isOver(Instant turn, Instant now) {
        return now.isAfter(turn.plus(KEPT));
    }

    private static boolean isSoonAfter(@Nullable Instant last, Instant now) {
        return last != null && now.isBefore(last.plus(BETWEEN_TWO));
    }
}

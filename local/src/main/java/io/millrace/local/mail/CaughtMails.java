package io.millrace.local.mail;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The latest mails, newest first; older ones are dropped when there are too many or they are too large together. */
final class CaughtMails {

    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final int most;
    private final Deque<CaughtMail> mails = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long characters;

    CaughtMails(int most) {
        this.most = most;
    }

    void add(CaughtMail mail) {
        lock.lock();
        try {
            mails.addFirst(mail);
            characters += mail.size();
            while (mails.size() > most || (characters > MOST_CHARACTERS && mails.size() > 1)) {
                characters -= mails.removeLast().size();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<CaughtMail> all() {
        return matching(mail -> true);
    }

    Optional<CaughtMail> find(String id) {
        return matching(mail -> mail.id().equals(id)).stream().findFirst();
    }

    /** All that match, waiting for the first of them if there is none yet; empty when the wait is over. */
    List<CaughtMail> await(Predicate<CaughtMail> wanted, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            var found = matching(wanted);
            while (found.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
                found = matching(wanted);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private List<CaughtMail> matching(Predicate<CaughtMail> wanted) {
        lock.lock();
        try {
            return mails.stream().filter(wanted).toList();
        } finally {
            lock.unlock();
        }
    }
}

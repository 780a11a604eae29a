package io.millrace.api.export;

import org.jspecify.annotations.Nullable;

/** The batches of one export, one after the other, by one thread at a time. */
final class UserBatches {

    private final UserCopy users;
    private final UserWriter writer;
    private final int size;
    private UserCursor cursor = UserCursor.START;
    private boolean begun;
    private boolean ended;

    UserBatches(UserCopy users, UserWriter writer, int size) {
        this.users = users;
        this.writer = writer;
        this.size = size;
    }

    /** Fills {@code batch} anew and returns it; empty after the last one. */
    Batch next(Batch batch) {
        batch.clear();
        if (ended) {
            return batch;
        }
        if (!begun) {
            writer.begin(batch);
            begun = true;
        }
        if (read(batch) < size) {
            writer.end(batch);
            ended = true;
        }
        return batch;
    }

    private int read(Batch batch) {
        var last = new Last();
        int count = users.read(cursor, size, user -> {
            writer.user(user, batch);
            last.user = user;
        });
        if (last.user != null) {
            cursor = UserCursor.at(last.user);
        }
        return count;
    }

    private static final class Last {

        private @Nullable ExportedUser user;
    }
}

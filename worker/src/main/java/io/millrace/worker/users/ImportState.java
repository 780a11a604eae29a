package io.millrace.worker.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.core.users.UsersImported;

/**
 * How far an import has come, as committed.
 *
 * @param lastRow
 *            the number of the last row that is done with
 * @param finished
 *            whether that is all of it
 */
record ImportState(long lastRow, long imported, long alreadyThere, long rejected, @Nullable UUID rejectsFileId,
        boolean finished) {

    long rows() {
        return imported + alreadyThere + rejected;
    }

    ImportState plus(Chunk chunk, int newUsers) {
        return new ImportState(chunk.upTo(), imported + newUsers, alreadyThere + chunk.users().rows() - newUsers,
                rejected + chunk.rejects().rows(), rejectsFileId, finished);
    }

    UsersImported result() {
        return new UsersImported(rows(), imported, alreadyThere, rejected, rejectsFileId);
    }
}

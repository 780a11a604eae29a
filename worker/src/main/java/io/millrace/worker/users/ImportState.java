package io.millrace.worker.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.core.users.UsersImported;

/**
 * How far an import has come, as committed.
 *
 * @param lastRow
 *            the number of the last row that is done with
 * @param allRead
 *            whether that is the last one of the file, which is needed no more
 * @param finished
 *            whether the rejects are a file too, if there are any
 */
record ImportState(long lastRow, long imported, long alreadyThere, long rejected, @Nullable UUID rejectsFileId,
        boolean allRead, boolean finished) {

    long rows() {
        return imported + alreadyThere + rejected;
    }

    ImportState plus(Chunk chunk, int newUsers) {
        return new ImportState(chunk.upTo(), imported + newUsers, alreadyThere + chunk.users().rows() - newUsers,
                rejected + chunk.rejects().rows(), rejectsFileId, chunk.last(), finished);
    }

    ImportState ended(@Nullable UUID rejectsFile) {
        return new ImportState(lastRow, imported, alreadyThere, rejected, rejectsFile, true, true);
    }

    UsersImported result() {
        return new UsersImported(rows(), imported, alreadyThere, rejected, rejectsFileId);
    }
}

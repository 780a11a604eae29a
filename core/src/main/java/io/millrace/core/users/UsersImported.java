package io.millrace.core.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The result of {@link ImportUsers}.
 *
 * @param rows
 *            the three below together; neither the header nor blank rows
 * @param imported
 *            new users
 * @param alreadyThere
 *            rows whose address, in whatever case, a user had before or an earlier row has; that user is left as they are
 * @param rejected
 *            rows that cannot be users
 * @param rejectsFileId
 *            the stored CSV file that tells of each rejected row its number, the reason and its text; null if there are none, or
 *            if it would have been larger than a stored file may be
 */
public record UsersImported(long rows, long imported, long alreadyThere, long rejected,
        @Nullable UUID rejectsFileId) {
}

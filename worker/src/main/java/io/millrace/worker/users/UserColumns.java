package io.millrace.worker.users;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import io.millrace.jobs.PermanentFailure;

/** Which columns of a delimited text tell of the user; others are passed over. */
final class UserColumns implements UserFormat {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[ _-]");

    private final int width;
    private final int email;
    private final int fullName;

    private UserColumns(int width, int email, int fullName) {
        this.width = width;
        this.email = email;
        this.fullName = fullName;
    }

    /**
     * By the header, whose names may be written as one likes: {@code fullName}, {@code full_name}, {@code Full Name}.
     *
     * @throws PermanentFailure
     *             if it does not name each of the two columns once. It says nothing of what stands there instead: without a
     *             header that is somebody's address
     */
    static UserColumns of(RowText header, UUID fileId) {
        return new UserColumns(header.fields(), column("email", header, fileId), column("fullName", header, fileId));
    }

    private static int column(String name, RowText header, UUID fileId) {
        int found = -1;
        for (int i = 0; i < header.fields(); i++) {
            if (plain(header.field(i)).equals(plain(name))) {
                if (found >= 0) {
                    throw new PermanentFailure("the first row of file " + fileId + " names " + name
                            + " twice: name the other column differently");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new PermanentFailure("the first row of file " + fileId + ", which has " + header.fields()
                    + " fields, names no column " + name + ": it must be a header with email and fullName");
        }
        return found;
    }

    private static String plain(String name) {
        return BETWEEN_WORDS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    @Override
    public UserFields read(RowText row) {
        if (row.fields() != width) {
            return UserFields.unreadable("the row has " + row.fields() + " fields, the header " + width
                    + ": quote a field that has the delimiter in it");
        }
        return new UserFields(row.field(email), row.field(fullName), null);
    }
}

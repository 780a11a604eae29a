package io.millrace.api.export;

import java.util.UUID;

/** Up to whom an export has come. */
record UserCursor(PostgresTime createdAt, UUID id) {

    /** Before everybody. */
    static final UserCursor START = new UserCursor(PostgresTime.FIRST, new UUID(0, 0));

    static UserCursor at(ExportedUser user) {
        return new UserCursor(user.createdAt(), new UUID(user.idHigh(), user.idLow()));
    }

    /** The next {@code limit} users. COPY takes no parameters; these are numbers and a UUID, and nothing anybody wrote. */
    String copyOfTheNext(int limit) {
        return """
               copy (
                   select id, email, full_name, created_at
                   from users
                   where (created_at, id) > (%s, uuid '%s')
                   order by created_at, id
                   limit %d
               ) to stdout (format binary)
               """.formatted(createdAt.sql(), id, limit);
    }
}

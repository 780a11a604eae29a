package io.millrace.core.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

/**
 * The addresses that get no mail, in whatever case and spelling of the domain they are given. Each call is one statement, in
 * the caller's transaction if there is one. A mail that is under way when an address is added may still arrive.
 *
 * <p>
 * Every method throws {@link org.springframework.dao.DataAccessException} if the database cannot be reached.
 */
@Component
public final class Suppressions {

    private static final String COLUMNS = "id, address, category, reason, created_at ";

    private final JdbcClient jdbc;

    Suppressions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds an address, for all mail where {@code category} is null. One that is there already keeps its id and age, and its reason
     * too unless that was only {@link SuppressionReason#UNSUBSCRIBED}.
     *
     * @param category
     *            1 to 50 small letters, digits and hyphens
     */
    public Suppression add(String address, SuppressionReason reason, @Nullable String category) {
        return jdbc.sql("""
                        insert into mail_suppressions as known (id, address, category, reason)
                        values (uuidv7(), :address, cast(:category as text), :reason)
                        on conflict (address, category) do update
                        set reason = case when known.reason = 'UNSUBSCRIBED' then excluded.reason else known.reason end
                        returning id, address, category, reason, created_at
                        """).param("address", SuppressedAddress.of(address)).param("category", category)
                .param("reason", reason.name()).query(Suppressions::map).single();
    }

    /** The same, for all mail. */
    public Suppression add(String address, SuppressionReason reason) {
        return add(address, reason, null);
    }

    /** What keeps mail of this kind from this address, as in {@link #against}. */
    public Optional<Suppression> find(String address, @Nullable String category) {
        return matching(Set.of(SuppressedAddress.of(address)), category).stream().findFirst();
    }

    /**
     * Those of the addresses that mail of this kind must not go to.
     *
     * @param category
     *            what kind of mail; null for one that somebody asked for: that goes also to who has unsubscribed
     */
    public Set<String> against(Collection<String> addresses, @Nullable String category) {
        Set<String> suppressed = matching(
                addresses.stream().map(SuppressedAddress::of).collect(Collectors.toSet()), category).stream()
                .map(Suppression::address).collect(Collectors.toSet());
        return addresses.stream().filter(address -> suppressed.contains(SuppressedAddress.of(address)))
                .collect(Collectors.toSet());
    }

    /** A page of all, newest first: at most {@code limit} of those after {@code after}. */
    public Slice<Suppression> list(Cursor after, int limit) {
        return Slice.of(jdbc.sql("select " + COLUMNS + """
                                                       from mail_suppressions
                                                       where (created_at, id) < (:createdAt, cast(:id as uuid))
                                                       order by created_at desc, id desc
                                                       limit :limit
                                                       """).param("createdAt", after.timestamp())
                .param("id", after.id()).param("limit", limit + 1).query(Suppressions::map).list(), limit);
    }

    /** The same for one address. */
    public Slice<Suppression> listAddress(String address, Cursor after, int limit) {
        return Slice.of(jdbc.sql("select " + COLUMNS + """
                                                       from mail_suppressions
                                                       where address = :address
                                                           and (created_at, id) < (:createdAt, cast(:id as uuid))
                                                       order by created_at desc, id desc
                                                       limit :limit
                                                       """).param("address", SuppressedAddress.of(address))
                .param("createdAt", after.timestamp()).param("id", after.id()).param("limit", limit + 1)
                .query(Suppressions::map).list(), limit);
    }

    /** Takes one off the list; false if there is none of this id. */
    public boolean remove(UUID id) {
        return jdbc.sql("delete from mail_suppressions where id = :id").param("id", id).update() == 1;
    }

    private List<Suppression> matching(Set<String> addresses, @Nullable String category) {
        return jdbc
                .sql("select " + COLUMNS
                        + """
                          from mail_suppressions
                          where address = any (cast(:addresses as text[]))
                              and (category = cast(:category as text)
                                  or category is null
                                      and (reason <> 'UNSUBSCRIBED' or cast(:category as text) is not null))
                          order by created_at, id
                          """)
                .param("addresses", addresses.toArray(String[]::new)).param("category", category)
                .query(Suppressions::map).list();
    }

    // Spring's RowMapper passes the row's number.
    private static Suppression map(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        return new Suppression(row.getObject("id", UUID.class), row.getString("address"), row.getString("category"),
                SuppressionReason.valueOf(row.getString("reason")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}

package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What the tables of mails and files hold. They are core's, which this module does not know; so it knows their names and a column or
 * two, and shows what it finds of them. See decision 83.
 */
@Component
final class DomainTables {

    private static final Logger LOG = LoggerFactory.getLogger(DomainTables.class);
    private static final Duration KEPT = Duration.ofSeconds(20);
    private static final List<Table> TABLES = List.of(
            new Table("mails", "Mails", "state", "0", false,
                    "By what is known of their sending. UNKNOWN: the connection broke off before the server had answered."),
            new Table("mail_suppressions", "Addresses that get no mail", "reason", "0", false, "By reason."),
            new Table("files", "Files", "state", "size", true,
                    "By state. What is UPLOADING or DELETING for long is swept."),
            new Table("file_usage", "What files of API keys take", "'all keys'", "bytes", true,
                    "Counted against their quotas; uploads under way included."));

    private final TableTally tally;
    private final Kept<List<Figures>> kept = new Kept<>(KEPT, this::ask);

    DomainTables(DataSource dataSource) {
        this.tally = new TableTally(dataSource);
    }

    /** Of each table, at most twenty seconds old. */
    List<Figures> figures() {
        return kept.get();
    }

    private List<Figures> ask() {
        return TABLES.stream().map(this::ask).toList();
    }

    private Figures ask(Table table) {
        try {
            return new Figures(table, tally.of(table.name(), table.by(), table.bytes()), true);
        } catch (DataAccessException e) {
            LOG.warn("the table {} cannot be counted; the page of mail and files says so and asks again after {}",
                    table.name(), KEPT, e);
            return new Figures(table, Optional.empty(), false);
        }
    }

    /**
     * What is asked of a table.
     *
     * @param by
     *            the expression that its rows are counted by
     * @param bytes
     *            the one that is summed up, which means something only where it {@code hasBytes}
     */
    record Table(String name, String title, String by, String bytes, boolean hasBytes, String text) {
    }

    /**
     * What was found.
     *
     * @param tally
     *            empty if there is no such table, or it could not be asked
     */
    record Figures(Table table, Optional<TableTally.Tally> tally, boolean asked) {
    }
}

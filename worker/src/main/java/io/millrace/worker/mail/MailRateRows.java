package io.millrace.worker.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is left of the rates of mail, for all workers together and by the database's clock: the generic cell rate algorithm
 * (GCRA, of ATM Forum's traffic management), as for the rates of queues. Who is too early is told a time of its own to come back, each
 * a little later than the one before, so that not all of them come at once.
 */
@Component
final class MailRateRows {

    /** Of the period, that mails may be sent ahead of their time. */
    private static final double AHEAD = 0.05;
    /** A rate may be raised meanwhile. */
    private static final double LONGEST_WAIT = Duration.ofHours(1).toSeconds();

    private final JdbcClient jdbc;
    private final TransactionTemplate alone;

    MailRateRows(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Takes from all of them or from none, in a transaction of its own that is committed when this returns.
     *
     * @return empty if it was taken, or else when to ask again
     * @throws DataAccessException
     *             if the database cannot be asked
     */
    Optional<Duration> take(List<Claim> claims) {
        // In one order, so that two workers do not wait for each other.
        var inOrder = claims.stream().sorted(Comparator.comparing(Claim::kind).thenComparing(Claim::name)).toList();
        double wait = alone.<Double>execute(_ -> takeInOrder(inOrder));
        return wait > 0 ? Optional.of(Duration.ofNanos((long) Math.ceil(wait * 1e9))) : Optional.empty();
    }

    private double takeInOrder(List<Claim> claims) {
        var blocked = new ArrayList<Claim>();
        double wait = 0;
        for (Claim claim : claims) {
            var used = lock(claim);
            double early = used.due - claim.rate.seconds() * AHEAD;
            if (early > 0) {
                double turn = Math.min(LONGEST_WAIT, Math.max(early, used.promised));
                wait = Math.max(wait, turn);
                blocked.add(claim);
            }
        }
        if (blocked.isEmpty()) {
            claims.forEach(this::spend);
        } else {
            blocked.forEach(this::promise);
        }
        return wait;
    }

    private Used lock(Claim claim) {
        return find(claim).orElseGet(() -> {
            forgetOld();
            jdbc.sql("""
                     insert into mail_rates (kind, name, due_at, promised_at)
                     values (:kind, :name, clock_timestamp(), clock_timestamp()) on conflict do nothing
                     """).param("kind", claim.kind).param("name", claim.name).update();
            return find(claim).orElseThrow(() -> new IllegalStateException("a rate was forgotten while it was used"));
        });
    }

    private Optional<Used> find(Claim claim) {
        return jdbc.sql("""
                        select greatest(0, extract(epoch from due_at - clock_timestamp()))::float8 as due,
                               greatest(0, extract(epoch from promised_at - clock_timestamp()))::float8 as promised
                        from mail_rates where kind = :kind and name = :name for update
                        """).param("kind", claim.kind).param("name", claim.name)
                .query((row, number) -> new Used(row.getDouble("due"), row.getDouble("promised"))).optional();
    }

    private void spend(Claim claim) {
        jdbc.sql("""
                 update mail_rates set due_at = greatest(due_at, clock_timestamp()) + make_interval(secs => :seconds)
                 where kind = :kind and name = :name
                 """).param("seconds", claim.seconds()).param("kind", claim.kind).param("name", claim.name).update();
    }

    private void promise(Claim claim) {
        jdbc.sql("""
                 update mail_rates
                 set promised_at = least(clock_timestamp() + make_interval(secs => :longest),
                     greatest(promised_at, due_at - make_interval(secs => :ahead), clock_timestamp())
                     + make_interval(secs => :seconds))
                 where kind = :kind and name = :name
                 """).param("longest", LONGEST_WAIT).param("ahead", claim.rate.seconds() * AHEAD)
                .param("seconds", claim.seconds()).param("kind", claim.kind).param("name", claim.name).update();
    }

    /** A row whose times are past says what no row says. */
    private void forgetOld() {
        jdbc.sql("""
                 delete from mail_rates where (kind, name) in
                 (select kind, name from mail_rates
                  where due_at < clock_timestamp() - interval '1 day' and promised_at < clock_timestamp()
                  order by due_at limit 100 for update skip locked)
                 """).update();
    }

    /**
     * What a mail takes of one rate.
     *
     * @param kind
     *            {@code domain} or {@code key}
     */
    record Claim(String kind, String name, int mails, MailRate rate) {

        private double seconds() {
            return mails * rate.interval();
        }
    }

    /** In seconds from now. */
    private record Used(double due, double promised) {
    }
}

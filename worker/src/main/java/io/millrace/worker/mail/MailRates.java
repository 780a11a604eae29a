package io.millrace.worker.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import jakarta.mail.internet.InternetAddress;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.TryAgainLater;
import io.millrace.worker.mail.MailRateRows.Claim;

/** Puts mails off that are more than the rates of their recipients' domains or of their API key allow. */
@Component
final class MailRates implements SendingRule {

    private final MailRateSettings settings;
    private final MailRateRows rows;

    MailRates(MailRateSettings settings, MailRateRows rows) {
        this.settings = settings;
        this.rows = rows;
    }

    @Override
    public void check(Letter letter, List<InternetAddress> recipients, JobExecution execution) {
        var claims = claims(recipients, execution);
        if (!claims.isEmpty()) {
            rows.take(claims).ifPresent(wait -> {
                throw new TryAgainLater(wait, "the rate of mails to a recipient's domain or of the API key is used up");
            });
        }
    }

    private List<Claim> claims(List<InternetAddress> recipients, JobExecution execution) {
        var claims = new ArrayList<Claim>();
        var domains = new TreeMap<String, Integer>();
        recipients.forEach(recipient -> domains.merge(domain(recipient), 1, Integer::sum));
        domains.forEach((domain, mails) -> settings.ofDomain(domain)
                .ifPresent(rate -> claims.add(new Claim("domain", domain, mails, rate))));
        execution.enqueuedBy().ifPresent(
                key -> settings.ofKey(key).ifPresent(rate -> claims.add(new Claim("key", key, 1, rate))));
        return claims;
    }

    private static String domain(InternetAddress recipient) {
        String address = recipient.getAddress();
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}

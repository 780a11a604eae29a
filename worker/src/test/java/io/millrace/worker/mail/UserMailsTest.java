package io.millrace.worker.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import jakarta.mail.Address;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.core.content.Comments;
import io.millrace.core.content.Posts;
import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendEmail;
import io.millrace.core.mail.SendPasswordReset;
import io.millrace.core.mail.SendWeeklyDigest;
import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.core.mail.SuppressionReason;
import io.millrace.core.mail.Suppressions;
import io.millrace.core.mail.UnsubscribeLinks;
import io.millrace.core.mail.Unsubscription;
import io.millrace.core.users.Change;
import io.millrace.core.users.User;
import io.millrace.core.users.UserUpdate;
import io.millrace.core.users.Users;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** What users and other recipients get, in which language, and what they do not get. */
class UserMailsTest {

    private final WorkerUnderTest worker = Postmen.worker();
    private final Suppressions suppressions = worker.bean(Suppressions.class);
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final String address = UUID.randomUUID() + "@example.org";
    private User user = worker.bean(Users.class).insert(address, "Ада <b>Лавлейс</b>");

    @BeforeEach
    void start() {
        server.start();
        worker.bean(JavaMailSenderImpl.class).setHost("127.0.0.1");
        worker.bean(JavaMailSenderImpl.class).setPort(server.getSmtp().getPort());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void welcomeAUserInTheirLanguage() throws Exception {
        speaks("ru-RU");

        var mail = sent(new SendWelcomeEmail(user.id()));

        assertThat(mail.getSubject()).isEqualTo("Добро пожаловать в Millrace");
        assertThat(text(mail, 0)).startsWith("Здравствуйте, Ада <b>Лавлейс</b>!");
        assertThat(text(mail, 1)).contains("<strong>Ада &lt;b&gt;Лавлейс&lt;/b&gt;</strong>",
                "src=\"cid:logo@millrace\"");
        assertThat(((MimeMultipart) mail.getContent()).getBodyPart(1).getHeader("Content-ID"))
                .containsExactly("<logo@millrace>");
        assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ru-RU, Добро пожаловать в Millrace", "RU, Добро пожаловать в Millrace", "tlh, Welcome to Millrace"})
    void welcomeAUserInTheLanguageTheyCameWithOrElseInEnglish(String locale, String subject) throws Exception {
        user = worker.bean(Users.class).insert(UUID.randomUUID() + "@example.org", "Ада", locale);

        assertThat(sent(new SendWelcomeEmail(user.id())).getSubject()).isEqualTo(subject);
    }

    @Test
    void resetAPasswordByTheLinkThatWasGiven() throws Exception {
        var mail = sent(new SendPasswordReset(user.id(), "https://app.example.org/reset?a=1&b=%20#x"));

        assertThat(mail.getSubject()).isEqualTo("Choose a new password");
        assertThat(text(mail, 0)).contains("\r\nhttps://app.example.org/reset?a=1&b=%20#x\r\n");
        assertThat(text(mail, 1)).contains("href=\"https://app.example.org/reset?a=1&amp;b=%20#x\"");
    }

    @Test
    void tellOfTheWeekAndWhereToUnsubscribe() throws Exception {
        speaks("ru");
        var post = worker.bean(Posts.class).insert(user.id(), "О [(${7*7})] <i>машинах</i>", "text", List.of());
        worker.bean(Comments.class).insert(post.id(), user.id(), "Да & нет");

        var mail = sent(new SendWeeklyDigest(user.id()));

        String link = Objects.requireNonNull(mail.getHeader("List-Unsubscribe", null));
        assertThat(mail.getSubject()).isEqualTo("Ваша неделя в Millrace");
        assertThat(text(mail, 0)).contains("* О [(${7*7})] <i>машинах</i>", "  - Да & нет",
                link.substring(1, link.length() - 1));
        assertThat(text(mail, 1)).contains("О [(${7*7})] &lt;i&gt;машинах&lt;/i&gt;", "Да &amp; нет",
                "href=\"" + link.substring(1, link.length() - 1) + "\"");
        assertThat(
                worker.bean(UnsubscribeLinks.class).read(link.substring(link.lastIndexOf('/') + 1, link.length() - 1)))
                .contains(new Unsubscription(address, "weekly-digest"));
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    }

    @Test
    void tellOfAWeekInWhichNothingWasWritten() throws Exception {
        assertThat(text(sent(new SendWeeklyDigest(user.id())), 0)).contains("you wrote nothing in the last seven days");
    }

    @Test
    void goToWhoUnsubscribedOnlyIfTheyAskedForIt() throws Exception {
        suppressions.add(address, SuppressionReason.UNSUBSCRIBED, "weekly-digest");

        assertThat(refused(new SendWeeklyDigest(user.id()))).isEqualTo("the recipient is on the suppression list");
        assertThat(sent(new SendPasswordReset(user.id(), "https://app.example.org/")).getAllRecipients()).hasSize(1);
    }

    @Test
    void goNowhereWhereAMailboxIsNot() {
        suppressions.add(address, SuppressionReason.HARD_BOUNCE);

        assertThat(refused(new SendPasswordReset(user.id(), "https://app.example.org/")))
                .isEqualTo("the recipient is on the suppression list");
        assertThat(refused(new SendEmail(address.toUpperCase(Locale.ROOT), "s", "t", null)))
                .isEqualTo("the recipient is on the suppression list");
    }

    @Test
    void leaveOutThoseOfSeveralWhoAreOnTheList() throws Exception {
        suppressions.add(address, SuppressionReason.HARD_BOUNCE);
        var job = new SendEmail(address, "s", "t", null, List.of("bob@example.org", address.toUpperCase(Locale.ROOT)),
                List.of("cid@example.org"), "answers@example.org", null, null);

        var mail = sent(job);

        assertThat(mail.getHeader("To")).isNull();
        assertThat(addresses(mail.getAllRecipients())).containsExactly("bob@example.org");
        assertThat(addresses(mail.getReplyTo())).containsExactly("answers@example.org");
        assertThat(server.getReceivedMessages()).as("one for Bob and a blind copy for Cid").hasSize(2);
    }

    @Test
    void sayWhereToUnsubscribeFromAKindThatAServiceNames() throws Exception {
        var mail = sent(new SendEmail(address, "s", "t", null, null, null, null, null, "news"));

        assertThat(mail.getHeader("List-Unsubscribe", null)).startsWith("<https://api.example.org/unsubscribe/");
    }

    private void speaks(String locale) {
        user = worker.bean(Users.class).update(user.id(),
                new UserUpdate(null, null, Change.none(), Change.none(), locale, null, null)).orElseThrow();
    }

    private MimeMessage sent(Job<MailSent> job) throws Exception {
        assertThat(drained(job).state()).isEqualTo(State.SUCCEEDED);
        return server.getReceivedMessages()[0];
    }

    private String refused(Job<MailSent> job) {
        var failed = drained(job);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(server.getReceivedMessages()).isEmpty();
        return Objects.requireNonNull(failed.error()).message();
    }

    private JobStatus drained(Job<MailSent> job) {
        worker.bean(JobQueue.class).enqueue(job);
        var ran = worker.bean(DrainQueue.class).drainAll();
        assertThat(ran).hasSize(1);
        return ran.getFirst();
    }

    private static String text(MimeMessage mail, int index) throws Exception {
        var related = (MimeMultipart) mail.getContent();
        return (String) ((MimeMultipart) related.getBodyPart(0).getContent()).getBodyPart(index).getContent();
    }

    private static List<String> addresses(Address[] addresses) {
        return Arrays.stream(addresses).map(one -> ((InternetAddress) one).getAddress()).toList();
    }
}

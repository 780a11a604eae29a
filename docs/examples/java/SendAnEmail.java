import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.millrace.client.Job;
import io.millrace.client.JobFailed;
import io.millrace.client.JobListener;
import io.millrace.client.JobType;
import io.millrace.client.MillraceClient;
import io.millrace.client.RequestRefused;

/** Sends a mail by a job, follows the job until it has ended, and prints its result. Java 17 or newer. */
public class SendAnEmail {

    /** The payload and the result as this service knows them; what it does not need of them it leaves out. */
    record Email(String to, String subject, String text) {
    }

    record Sent(List<String> accepted, Instant sentAt) {
    }

    static final JobType<Email, Sent> SEND_EMAIL = JobType.of("send-email", Email.class, Sent.class);

    public static void main(String[] arguments) {
        var builder = MillraceClient.builder(URI.create(variable("MILLRACE_URL", "http://127.0.0.1:8080")));
        var apiKey = variable("MILLRACE_API_KEY", "");
        if (!apiKey.isEmpty()) {
            builder.apiKey(apiKey);
        }
        try (var millrace = builder.build()) {
            // A retry after a lost answer queues no second mail. Give an idempotency key of your own, such as the order's number,
            // and none is queued when your process dies and does all this again.
            var job = millrace.enqueue(SEND_EMAIL.job(new Email("ada@example.org", "Your order", "It is on its way."))
                    .withLabels("order:17"));
            System.out.println("queued " + job);

            try (var following = millrace.follow(job, new Printer())) {
                following.ended().join();
            }
            System.out.println("result " + millrace.awaitResult(job, Duration.ofMinutes(1)));

            millrace.enqueue(SEND_EMAIL, new Email("nobody", null, null));
        } catch (RequestRefused refused) {
            System.out.println("refused " + refused.status() + " " + refused.errors());
        } catch (JobFailed failed) {
            System.out.println("failed with " + failed.errorType());
        }
    }

    static class Printer implements JobListener {

        @Override
        public void onState(Job job) {
            System.out.println("state " + job.state());
        }

        @Override
        public void onProgress(Job.Progress progress) {
            System.out.println("progress " + progress.done() + " of " + progress.total());
        }

        @Override
        public void onLog(Job.LogLine line) {
            System.out.println("log " + line.text());
        }
    }

    private static String variable(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}

package io.millrace.local;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells what listens where, and three commands to try: each is one line to paste, any number of times. */
@Component
final class ReadyBanner implements ApplicationListener<ApplicationReadyEvent> {

    private static final String BANNER = """

                                         Millrace is ready. Ctrl-C stops it; its data stays in ${millrace.local.data}

                                           API          http://127.0.0.1:${server.port}
                                           Dashboard    http://127.0.0.1:${millrace.dashboard.port}
                                           Caught mail  http://127.0.0.1:${millrace.local.mail-port}  (SMTP on port ${millrace.local.smtp-port})
                                           Health       http://127.0.0.1:${management.server.port}/actuator/health

                                         Create a user and see the mail:

                                         to=ada-$RANDOM@example.org; curl -sS 127.0.0.1:${server.port}/users -H 'Content-Type: application/json' -d "{\\"email\\":\\"$to\\",\\"fullName\\":\\"Ada Lovelace\\"}"; echo; curl -sS "127.0.0.1:${millrace.local.mail-port}/messages?wait=PT20S&to=$to"; echo

                                         Send a file and see its profile:

                                         job=$(printf 'city,people\\nBern,137995\\nBasel,177571\\n' | curl -sS '127.0.0.1:${server.port}/files?process=profile-file' -H 'Content-Type: text/csv' -H 'Content-Disposition: attachment; filename="cities.csv"' --data-binary @- | sed 's/.*"jobId":"\\([^"]*\\)".*/\\1/'); curl -sS "127.0.0.1:${server.port}/jobs/$job/result?wait=PT20S"; echo

                                         Queue a mail:

                                         curl -sS 127.0.0.1:${server.port}/jobs -H 'Content-Type: application/json' -d '{"type":"send-email","payload":{"to":"grace@example.org","subject":"Hello","text":"Hello from Millrace."}}'; echo

                                         """;

    private final Environment environment;

    ReadyBanner(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        System.out.print(environment.resolveRequiredPlaceholders(BANNER));
        System.out.flush();
    }
}

package io.millrace.api.keys;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

import io.millrace.api.http.ProblemException;

/**
 * Keys by command, for the first one and for whoever has none: {@code keys create|list|revoke|rotate}. Works on the database
 * of {@code SPRING_DATASOURCE_*}, whose tables it makes if need be, and starts no server. The standard output is the answer
 * alone: the text of a new key, or a line per key.
 */
public final class KeysCommand {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** What is said goes to the streams that were given, without the log of a process that serves. */
    private static final String[] QUIET = {"--logging.level.root=off", "--logging.level.org.flywaydb=off",
            "--logging.level.org.springframework=off", "--spring.main.log-startup-info=false",
            "--spring.datasource.hikari.minimum-idle=0", "--spring.datasource.hikari.connection-timeout=10000",
            "--spring.datasource.hikari.initialization-fail-timeout=1"};

    private KeysCommand() {
    }

    /** Whether a program with these arguments is this command. */
    public static boolean isMeant(String[] args) {
        return args.length > 0 && args[0].equals("keys");
    }

    /** Does it and says what came of it; 0 if it is done, 1 if it failed, 2 if it cannot be what was meant. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            var arguments = CommandArguments.of(List.of(args).subList(1, args.length));
            var action = KeysAction.of(arguments);
            try (var context = start(arguments)) {
                return context.getBean(KeysActions.class).run(action, out, err) ? DONE : FAILED;
            }
        } catch (Misuse e) {
            err.println(e.getMessage());
            err.println(Misuse.USAGE);
            return MISUSED;
        } catch (ProblemException e) {
            err.println(e.getBody().getDetail());
            return MISUSED;
        } catch (RuntimeException e) {
            err.println(sentence(e));
            return FAILED;
        }
    }

    private static ConfigurableApplicationContext start(CommandArguments arguments) {
        SpringApplication application = new SpringApplicationBuilder(KeysActions.Wiring.class)
                .web(WebApplicationType.NONE).build();
        application.setRegisterShutdownHook(false);
        String[] settings = Stream.concat(Arrays.stream(QUIET), arguments.settings().stream()).toArray(String[]::new);
        return application.run(settings);
    }

    private static String sentence(RuntimeException failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                return "The database cannot be used: " + firstLine(sql)
                        + " See SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.";
            }
        }
        return "That did not work: " + firstLine(cause);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.getClass().getSimpleName());
    }
}

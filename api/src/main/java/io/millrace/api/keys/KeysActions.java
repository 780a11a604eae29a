package io.millrace.api.keys;

import java.io.PrintStream;
import java.time.Clock;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.PatientMigrations;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

/** Does what a command line asks for. */
final class KeysActions {

    private static final String BY_COMMAND = "command";
    private static final int LINES_AT_ONCE = 100;

    private final ApiKeyStore store;
    private final Validator validator;
    private final Clock clock;

    KeysActions(ApiKeyStore store, Validator validator, Clock clock) {
        this.store = store;
        this.validator = validator;
        this.clock = clock;
    }

    /** Whether it could be done. */
    boolean run(KeysAction action, PrintStream out, PrintStream err) {
        return switch (action) {
            case KeysAction.Create(NewApiKey key) -> create(key, out, err);
            case KeysAction.Show() -> list(out);
            case KeysAction.Rotate rotate -> rotate(rotate, out, err);
            case KeysAction.Revoke(String id) -> store.revoke(id) || noSuchKey(err);
        };
    }

    private boolean create(NewApiKey key, PrintStream out, PrintStream err) {
        for (ConstraintViolation<NewApiKey> violation : validator.validate(key)) {
            throw new Misuse(violation.getPropertyPath() + " " + violation.getMessage() + ".");
        }
        ExpiryCheck.check(key.expiresAt(), clock);
        KeyText text = KeyText.random();
        ApiKey made = store.insert(text, key, BY_COMMAND);
        err.println(
                "Made the API key " + made.id() + " (" + made.name() + "). This is the only time that it is shown:");
        out.println(text.text());
        return true;
    }

    private boolean rotate(KeysAction.Rotate rotate, PrintStream out, PrintStream err) {
        KeyText text = KeyText.randomOf(rotate.id());
        if (store.rotate(text, rotate.overlap()).isEmpty()) {
            return noSuchKey(err);
        }
        err.println("The old text is valid for " + rotate.overlap() + " more. This is the only time that the new one is"
                + " shown:");
        out.println(text.text());
        return true;
    }

    private boolean list(PrintStream out) {
        out.println("id\tname\tscopes\tcreated\texpires\tlast used");
        Slice<ApiKey> page = store.list(Cursor.START, LINES_AT_ONCE);
        page.rows().forEach(key -> print(key, out));
        while (page.hasNext()) {
            page = store.list(page.rows().getLast().cursor(), LINES_AT_ONCE);
            page.rows().forEach(key -> print(key, out));
        }
        return true;
    }

    private static void print(ApiKey key, PrintStream out) {
        out.println(String.join("\t", key.id(), key.name(),
                String.join(",", key.scopes().stream().map(scope -> scope.text()).toList()), key.createdAt().toString(),
                key.expiresAt() == null ? "never" : key.expiresAt().toString(),
                key.lastUsedAt() == null ? "never" : key.lastUsedAt().toString()));
    }

    private static boolean noSuchKey(PrintStream err) {
        err.println("No valid API key has this id.");
        return false;
    }

    /** What the command needs of the process, and nothing of its server; no component scan finds it. */
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
            JdbcClientAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
            TransactionAutoConfiguration.class, FlywayAutoConfiguration.class, ValidationAutoConfiguration.class})
    @Import(PatientMigrations.class)
    static class Wiring {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        ApiKeyStore store(JdbcClient jdbc) {
            return new ApiKeyStore(jdbc);
        }

        @Bean
        KeysActions actions(ApiKeyStore store, Validator validator, Clock clock) {
            return new KeysActions(store, validator, clock);
        }
    }
}

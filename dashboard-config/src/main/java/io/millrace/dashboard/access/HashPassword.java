package io.millrace.dashboard.access;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The command {@code hash-password}: reads a password, from the terminal without showing it or else from the first line of the
 * standard input, and prints what belongs into {@code millrace.dashboard.users[n].password}. Needs no database.
 */
public final class HashPassword {

    private static final int DONE = 0;
    private static final int MISUSED = 2;

    private HashPassword() {
    }

    /** Whether a program with these arguments is this command. */
    public static boolean isMeant(String[] args) {
        return args.length > 0 && args[0].equals("hash-password");
    }

    /** Does it and says what is wrong with a password that would not do; 0 if it is done, 2 if not. */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        if (args.length > 1) {
            err.println("hash-password takes no arguments: they would stay in the shell's history. Type the password,"
                    + " or send it to the standard input.");
            return MISUSED;
        }
        String password = read(in);
        String refusal = refusal(password);
        if (refusal != null) {
            err.println(refusal);
            return MISUSED;
        }
        out.println(new PasswordHashes().hashed(password));
        return DONE;
    }

    private static @Nullable String refusal(String password) {
        if (WeakPassword.is(password, "")) {
            return "The password is a well-known one, or shorter than " + WeakPassword.MINIMUM_LENGTH
                    + " characters: choose another.";
        }
        return PasswordHashes.isTooLong(password)
                ? "The password is longer than " + PasswordHashes.LONGEST_BYTES + " bytes: choose another."
                : null;
    }

    // JDK 25 returns null again where nobody sits at a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static String read(InputStream in) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}

package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;

/** A random text in a file of its own, made once per data folder and readable for its owner only. */
public record Secret(Path file, String value) {

    private static final int BYTES = 16;
    private static final int SIGNING_BYTES = 32;

    /**
     * The password of both servers: other people on this machine reach its loopback interface too, and whoever may do
     * anything in Postgres may run programs as its user.
     */
    static Secret password(DataFolder folder) throws IOException {
        return of(folder, "password", BYTES, HexFormat.of()::formatHex);
    }

    /**
     * What cursors are signed with, so that they outlive a restart.
     *
     * @throws CannotStart
     *             if the folder cannot be written
     */
    public static Secret pagingKey(DataFolder folder) {
        try {
            return of(folder, "paging-key", BYTES, HexFormat.of()::formatHex);
        } catch (IOException e) {
            throw unwritable(folder, "MILLRACE_PAGING_KEY (millrace.paging.key)", e);
        }
    }

    /**
     * What the links to unsubscribe are sealed with, so that those in caught mails outlive a restart.
     *
     * @throws CannotStart
     *             if the folder cannot be written
     */
    public static Secret unsubscribeKey(DataFolder folder) {
        try {
            return of(folder, "unsubscribe-key", BYTES, HexFormat.of()::formatHex);
        } catch (IOException e) {
            throw unwritable(folder, "MILLRACE_UNSUBSCRIBE_KEY (millrace.unsubscribe.key)", e);
        }
    }

    /**
     * What HTTP calls and webhooks are signed with, for a service on this machine to verify.
     *
     * @throws CannotStart
     *             if the folder cannot be written
     */
    public static Secret signingSecret(DataFolder folder) {
        try {
            return of(folder, "signing-secret", SIGNING_BYTES,
                    random -> "whsec_" + Base64.getEncoder().encodeToString(random));
        } catch (IOException e) {
            throw unwritable(folder, "MILLRACE_HTTP_CALL_SIGNING_SECRETS (millrace.http-call.signing-secrets)", e);
        }
    }

    private static CannotStart unwritable(DataFolder folder, String setting, IOException e) {
        return new CannotStart("The data folder " + folder.path() + " cannot be written: make it writable, or set "
                + setting + ".", e);
    }

    private static Secret of(DataFolder folder, String name, int bytes, Function<byte[], String> form)
            throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[bytes];
            new SecureRandom().nextBytes(random);
            var partial = Files.writeString(folder.resolve(name + ".partial"), form.apply(random));
            DataFolder.restrict(partial, "rw-------");
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Secret(file, Files.readString(file));
    }

    @Override
    public String toString() {
        return "Secret[" + file + "]";
    }
}

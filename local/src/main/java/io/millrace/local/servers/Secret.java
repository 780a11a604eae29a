package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A random text in a file of its own, made once per data folder and readable for its owner only. */
public record Secret(Path file, String value) {

    private static final int BYTES = 16;

    /**
     * The password of both servers: other people on this machine reach its loopback interface too, and whoever may do
     * anything in Postgres may run programs as its user.
     */
    static Secret password(DataFolder folder) throws IOException {
        return of(folder, "password");
    }

    /**
     * What cursors are signed with, so that they outlive a restart.
     *
     * @throws CannotStart
     *             if the folder cannot be written
     */
    public static Secret pagingKey(DataFolder folder) {
        try {
            return of(folder, "paging-key");
        } catch (IOException e) {
            throw new CannotStart("The data folder " + folder.path() + " cannot be written: make it writable, or set"
                    + " MILLRACE_PAGING_KEY (millrace.paging.key).", e);
        }
    }

    private static Secret of(DataFolder folder, String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            var partial = Files.writeString(folder.resolve(name + ".partial"), HexFormat.of().formatHex(random));
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

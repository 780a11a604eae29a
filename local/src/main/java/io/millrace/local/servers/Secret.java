package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The password of both servers, made once per data folder: other people on this machine reach its loopback interface
 * too, and whoever may do anything in Postgres may run programs as its user.
 */
record Secret(Path file, String value) {

    private static final int BYTES = 16;

    static Secret of(DataFolder folder) throws IOException {
        var file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            var partial = Files.writeString(folder.resolve("password.partial"), HexFormat.of().formatHex(random));
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

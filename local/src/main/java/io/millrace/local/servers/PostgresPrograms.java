package io.millrace.local.servers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * Postgres' own programs, unpacked from the jar into the data folder: all of them or none, since a disk that fills up
 * half-way must not leave a program cut short that later counts as unpacked.
 */
record PostgresPrograms(Path bin) {

    private static final String PREFIX = "postgres-programs-";

    static PostgresPrograms unpack(DataFolder folder) throws IOException {
        byte[] archive = archive();
        var unpacked = folder.resolve(PREFIX + digest(archive));
        if (!Files.exists(unpacked)) {
            deleteOthers(folder);
            var partial = folder.resolve(PREFIX + "partial");
            extract(archive, partial);
            Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresPrograms(unpacked.resolve("bin"));
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch");
        var resource = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system,
                machine.equals("amd64") ? "x86_64" : machine);
        try (resource) {
            return resource.readAllBytes();
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var file = target.resolve(entry.getName()).normalize();
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, file);
                    boolean mayRun = (entry.getMode() & 0111) != 0;
                    if (mayRun && !file.toFile().setExecutable(true)) {
                        throw new IOException("cannot make " + file + " executable");
                    }
                }
            }
        }
    }

    private static void deleteOthers(DataFolder folder) throws IOException {
        try (var children = Files.newDirectoryStream(folder.path(), PREFIX + "*")) {
            for (var child : children) {
                FileSystemUtils.deleteRecursively(child);
            }
        }
    }

    private static String digest(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

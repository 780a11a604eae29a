package io.millrace.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Copies the files of a running Postgres between two calls of its own, as {@code pg_basebackup} does; the server goes on meanwhile. */
final class PostgresBackup {

    /** Of the running server, not of its data; Postgres' manual names them where it describes such a backup. */
    private static final Set<String> NOT_DATA = Set.of("postmaster.pid", "postmaster.opts", "epg-lock", "pg_wal",
            "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_ALONE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path from;
    private final Path to;

    private PostgresBackup(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** What is committed when this returns is in it. */
    static Path of(Path data, Connection session) throws IOException, SQLException {
        var backup = new PostgresBackup(data, Files.createTempDirectory("millrace-postgres-backup"));
        try (var statement = session.createStatement()) {
            statement.execute("select pg_backup_start('a test', true)");
            backup.copyData();
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                label.next();
                Files.writeString(backup.to.resolve("backup_label"), label.getString(1));
            }
        }
        // As nothing archives it: with the log up to the end, without which the copy is of many moments.
        backup.copy(Path.of("pg_wal"));
        return backup.to;
    }

    private void copyData() throws IOException {
        try (var entries = Files.newDirectoryStream(from)) {
            for (var entry : entries) {
                var name = from.relativize(entry);
                if (!NOT_DATA.contains(name.toString())) {
                    copy(name);
                } else if (Files.isDirectory(entry)) {
                    Files.createDirectory(to.resolve(name), OWNERS_ALONE);
                }
            }
        }
    }

    private void copy(Path name) throws IOException {
        Files.walkFileTree(from.resolve(name), new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var copied = to.resolve(from.relativize(folder));
                if (!Files.exists(copied)) {
                    Files.createDirectory(copied, OWNERS_ALONE);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (NoSuchFileException e) {
                    // It was there a moment ago: a table's that was dropped, say.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}

package io.millrace.local.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.springframework.util.unit.DataSize;

/**
 * The folder that holds everything of one {@code local}; only one process at a time may hold it. The lock goes with the
 * process, however that ends.
 */
public final class DataFolder implements AutoCloseable {

    /** Binaries 60 MB, a new cluster 40 MB, its first write-ahead log files; with room to work. */
    static final DataSize NEEDED_AT_FIRST = DataSize.ofMegabytes(300);
    /** Postgres stops when it cannot write its log, in files of 16 MB. */
    static final DataSize NEEDED_LATER = DataSize.ofMegabytes(50);

    private static final String OTHERWISE = ", or set MILLRACE_LOCAL_DATA (millrace.local.data) to another folder.";

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder if need be, readable for its owner only, and locks it.
     *
     * @throws CannotStart
     *             if it cannot be written, is nearly full, or is another process's
     */
    public static DataFolder claim(Path wanted) {
        return claim(wanted, NEEDED_AT_FIRST, NEEDED_LATER);
    }

    static DataFolder claim(Path wanted, DataSize neededAtFirst, DataSize neededLater) {
        var folder = wanted.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                restrict(folder, "rwx------");
            }
            var path = folder.toRealPath();
            boolean isNew = !Files.exists(path.resolve(EmbeddedPostgres.CLUSTER));
            checkSpace(path, isNew ? neededAtFirst : neededLater);
            return new DataFolder(path, lock(path));
        } catch (IOException e) {
            throw new CannotStart("The data folder " + folder + " cannot be written (" + reason(e)
                    + "): make it writable" + OTHERWISE, e);
        }
    }

    /** Absolute and without symbolic links. */
    public Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot unlock " + path, e);
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new CannotStart("Another Millrace runs on the data folder " + path + ": stop it" + OTHERWISE);
        }
        return channel;
    }

    private static void checkSpace(Path path, DataSize needed) throws IOException {
        var left = DataSize.ofBytes(Files.getFileStore(path).getUsableSpace());
        if (left.compareTo(needed) < 0) {
            throw new CannotStart("The disk of the data folder " + path + " has " + left.toMegabytes()
                    + " MB left and Millrace needs " + needed.toMegabytes() + " MB: make room" + OTHERWISE);
        }
    }

    /** Keeps other people of this machine out, where the file system can. */
    static void restrict(Path file, String permissions) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case NoSuchFileException missing -> missing.getFile() + " cannot be made";
            case FileSystemException system when system.getReason() != null -> String.valueOf(system.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }
}

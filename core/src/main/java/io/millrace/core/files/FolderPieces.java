package io.millrace.core.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Contents in a folder: {@code ab/ab4d…}, one file for each, called by our id and never by a client's name. Where several
 * nodes run, it must be the same folder for all of them, such as an NFS mount.
 */
final class FolderPieces implements Pieces {

    static final String NAME = "folder";

    private static final int PIECE_BYTES = 1024 * 1024;

    private final Path root;

    FolderPieces(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int pieceBytes() {
        return PIECE_BYTES;
    }

    @Override
    public void put(UUID file, int seq, byte[] piece) {
        Path path = path(file);
        try {
            Files.createDirectories(path.resolveSibling(""));
            try (var channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS))) {
                long start = (long) seq * PIECE_BYTES;
                var left = ByteBuffer.wrap(piece);
                while (left.hasRemaining()) {
                    channel.write(left, start + left.position());
                }
                // A late writer must not cut away what came after it.
                if (piece.length < PIECE_BYTES && channel.size() <= start + PIECE_BYTES) {
                    channel.truncate(start + piece.length);
                }
                // What is counted must be there after a power cut as well.
                channel.force(false);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<byte[]> get(UUID file, int seq, int end) {
        try (var channel = FileChannel.open(path(file), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long start = (long) seq * PIECE_BYTES;
            int length = Math.clamp(channel.size() - start, 0, PIECE_BYTES);
            var piece = ByteBuffer.allocate(length);
            while (piece.hasRemaining()) {
                if (channel.read(piece, start + piece.position()) < 0) {
                    return List.of();
                }
            }
            return length == 0 ? List.of() : List.of(piece.array());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void settle(UUID file) {
        Path path = path(file);
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                force(path, StandardOpenOption.WRITE);
                forceFolder(path.resolveSibling(""));
                forceFolder(root);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** So that the names last too; what is no POSIX system has no such thing. */
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public void remove(UUID file) {
        try {
            Files.deleteIfExists(path(file));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void check() {
        try {
            Files.createDirectories(root);
            Files.delete(Files.createTempFile(root, "check", null));
        } catch (IOException e) {
            throw new UnusableContentStore("The folder " + root + " of millrace.files.folder.path cannot be written ("
                    + e.getClass().getSimpleName() + ")",
                    "Make it writable for this process, or name another folder.", e);
        }
    }

    @Override
    public void close() {
        // Nothing is held between two calls.
    }

    private Path path(UUID file) {
        String name = file.toString();
        return root.resolve(name.substring(0, 2)).resolve(name);
    }

    private static ContentUnavailable unavailable(IOException failure) {
        return new ContentUnavailable("the folder of files cannot be used: " + failure, failure);
    }
}

package io.millrace.core.files;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the file store.
 *
 * @param maxSize
 *            the largest file that is taken, e.g. {@code 5GB}
 * @param abandonedAfter
 *            how long an upload or a removal may stand still before it counts as left by a process that died; at least a
 *            minute, and longer than the slowest client needs for 256 KiB
 * @param sweepInterval
 *            the pause between two looks for such leftovers, in each process
 * @param store
 *            where the contents of new files go: {@code postgres}, {@code folder} or {@code s3}
 * @param folder
 *            where the store {@code folder} is; like {@code s3} also to be set while it only holds earlier files
 * @param s3
 *            where the store {@code s3} is
 * @param expireAfter
 *            how long files stay of which no more is said; null for until they are deleted
 * @param quota
 *            how many bytes the files of each API key may take
 * @param antivirus
 *            the scanner that sees each file before anybody can read it; null for none
 */
@ConfigurationProperties("millrace.files")
record FilesProperties(@DefaultValue("5GB") DataSize maxSize, @DefaultValue("1h") Duration abandonedAfter,
        @DefaultValue("10m") Duration sweepInterval, @DefaultValue(PostgresContent.NAME) String store,
        @Nullable Folder folder, @Nullable S3Settings s3, @Nullable Duration expireAfter,
        @DefaultValue Quota quota, @Nullable Antivirus antivirus) {

    private static final List<String> STORES = List.of(PostgresContent.NAME, FolderPieces.NAME, S3Pieces.NAME);

    FilesProperties {
        Assert.isTrue(maxSize.toBytes() > 0, "millrace.files.max-size must be positive, e.g. 5GB");
        Assert.isTrue(abandonedAfter.compareTo(Duration.ofMinutes(1)) >= 0,
                "millrace.files.abandoned-after must be at least a minute, e.g. 1h");
        Assert.isTrue(sweepInterval.isPositive(), "millrace.files.sweep-interval must be positive, e.g. 10m");
        Assert.isTrue(expireAfter == null || expireAfter.isPositive(),
                "millrace.files.expire-after must be positive, e.g. 30d");
        Assert.isTrue(STORES.contains(store), "millrace.files.store must be one of " + STORES);
        Assert.isTrue(!store.equals(FolderPieces.NAME) || folder != null,
                "millrace.files.folder.path is missing: name the folder that millrace.files.store=folder means");
        Assert.isTrue(!store.equals(S3Pieces.NAME) || s3 != null,
                "millrace.files.s3.bucket is missing: name the bucket that millrace.files.store=s3 means");
    }

    /**
     * Bytes that the files of a key may take, uploads under way included.
     *
     * @param perKey
     *            for each key; null for no limit
     * @param keys
     *            for some keys, by their id, another one
     */
    record Quota(@Nullable DataSize perKey, @DefaultValue Map<String, DataSize> keys) {

        Quota {
            keys = Map.copyOf(keys);
        }

        long of(String key) {
            DataSize limit = keys.getOrDefault(key, perKey);
            return limit == null ? Long.MAX_VALUE : limit.toBytes();
        }
    }

    /**
     * ClamAV's daemon.
     *
     * @param host
     *            its name or address
     * @param port
     *            its TCPSocket
     * @param timeout
     *            for one file
     */
    record Antivirus(String host, @DefaultValue("3310") int port, @DefaultValue("5m") Duration timeout) {

        Antivirus {
            Assert.hasText(host, "millrace.files.antivirus.host must name the host of clamd");
            Assert.isTrue(timeout.isPositive(), "millrace.files.antivirus.timeout must be positive, e.g. 5m");
        }
    }

    /** A folder: the same one for every process. */
    record Folder(Path path) {

        Folder {
            Assert.hasText(path.toString(), "millrace.files.folder.path must name a folder");
        }
    }
}

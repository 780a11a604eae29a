package io.millrace.core.files;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Contents in a bucket: {@code files/<id>/<number>}, an object for each piece. Pieces rather than S3's own multipart
 * uploads, so that an upload may go on in another process, a part is read without the rest, and nothing is left behind that
 * no listing shows.
 */
final class S3Pieces implements Pieces {

    static final String NAME = "s3";

    private static final Logger LOG = LoggerFactory.getLogger(S3Pieces.class);

    /** A request costs money and some ten milliseconds; each upload and each reader holds one of these. */
    private static final int PIECE_BYTES = 8 * 1024 * 1024;

    /** As many as one request may list. */
    private static final int OBJECTS_PER_BATCH = 1000;

    /** What no waiting mends. */
    private static final Set<Integer> WRONG_SETTINGS = Set.of(301, 400, 401, 403, 404);

    private final S3Client client;
    private final String bucket;
    private final Transfers transfers;

    S3Pieces(S3Client client, S3Settings settings) {
        this.client = client;
        this.bucket = settings.bucket();
        this.transfers = new Transfers(settings.transfers(), settings.transferWait(), "millrace.files.s3.transfers");
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
    public Room room() {
        return transfers.begin();
    }

    @Override
    public void put(UUID file, int seq, byte[] piece) {
        orUnavailable(() -> client.putObject(request -> request.bucket(bucket).key(key(file, seq)),
                RequestBody.fromBytes(piece)));
    }

    @Override
    public List<byte[]> get(UUID file, int seq, int end) {
        return orUnavailable(() -> {
            try {
                return List.of(client.getObjectAsBytes(request -> request.bucket(bucket).key(key(file, seq)))
                        .asByteArrayUnsafe());
            } catch (NoSuchKeyException e) {
                return List.of();
            }
        });
    }

    /** What S3 has answered is durable. */
    @Override
    public void settle(UUID file) {
    }

    @Override
    public void remove(UUID file) {
        List<String> some = list(file);
        while (!some.isEmpty()) {
            some.forEach(this::delete);
            some = list(file);
        }
    }

    private List<String> list(UUID file) {
        return orUnavailable(() -> client
                .listObjectsV2(request -> request.bucket(bucket).prefix(prefix(file)).maxKeys(OBJECTS_PER_BATCH))
                .contents().stream().map(S3Object::key).toList());
    }

    /** One by one: deleting many at once needs checksums of which each service knows another one, or none. */
    private void delete(String key) {
        orUnavailable(() -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    @Override
    public void check() {
        try {
            client.listObjectsV2(request -> request.bucket(bucket).prefix("files/").maxKeys(1));
        } catch (S3Exception e) {
            if (WRONG_SETTINGS.contains(e.statusCode())) {
                throw new UnusableContentStore("S3 refuses the bucket " + bucket + " of millrace.files.s3 ("
                        + e.statusCode() + " " + e.awsErrorDetails().errorCode() + ")",
                        "Check bucket, region, access-key and secret-key; the key must be allowed to list, get, put and"
                                + " delete objects.",
                        e);
            }
            LOG.warn("S3 answered {}; files in it cannot be used before it answers well", e.statusCode());
        } catch (SdkException e) {
            LOG.warn("S3 does not answer; files in it cannot be used before it does: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static String prefix(UUID file) {
        return "files/" + file + "/";
    }

    private static String key(UUID file, int seq) {
        return prefix(file) + seq;
    }

    private static <T> T orUnavailable(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new ContentUnavailable("S3 cannot be used: " + e.getMessage(), e);
        }
    }
}

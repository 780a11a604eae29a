package io.millrace.worker.files;

import java.nio.charset.Charset;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.millrace.core.files.FileProfile;

import static io.millrace.worker.files.PackedBytes.gzip;
import static io.millrace.worker.files.PackedBytes.joined;
import static io.millrace.worker.files.PackedBytes.utf8;
import static io.millrace.worker.files.PackedBytes.zstd;
import static io.millrace.worker.files.Profiling.columns;
import static org.assertj.core.api.Assertions.assertThat;

class PackedFilesTest {

    private static final Map<String, String> TABLES = Map.of("csv", "id,name\n1,Ada\n2,Alan\n", "tsv",
            "id\tname\n1\tAda\n2\tAlan\n", "ndjson", "{\"id\":1,\"name\":\"Ada\"}\n{\"id\":2,\"name\":\"Alan\"}\n",
            "json", "[{\"id\":1,\"name\":\"Ada\"},{\"id\":2,\"name\":\"Alan\"}]");
    private static final Map<String, UnaryOperator<byte[]>> PACKINGS = Map.of("gzip", PackedBytes::gzip, "zstd",
            PackedBytes::zstd, "gzip/zstd", content -> gzip(zstd(content)), "zstd/gzip",
            content -> zstd(gzip(content)));

    private static Stream<Arguments> everyTableInEveryPacking() {
        return TABLES.keySet().stream()
                .flatMap(format -> PACKINGS.keySet().stream().map(packing -> Arguments.of(format, packing)));
    }

    @ParameterizedTest
    @MethodSource("everyTableInEveryPacking")
    void areDescribedByTheirContent(String format, String packing) {
        byte[] content = utf8(Objects.requireNonNull(TABLES.get(format)));
        byte[] file = Objects.requireNonNull(PACKINGS.get(packing)).apply(content);

        var plain = Profiling.file("data." + format, content);
        // The name tells neither the packing nor, for gzip in zstd, what is in it: the bytes do.
        var packed = Profiling.file("data." + format, file);

        assertThat(packed).returns(format, FileProfile::format).returns(packing, FileProfile::packing)
                .returns((long) content.length, FileProfile::unpackedBytes)
                .returns((long) file.length, FileProfile::bytes).returns(plain.columns(), FileProfile::columns)
                .returns(plain.rows(), FileProfile::rows).returns(plain.delimiter(), FileProfile::delimiter);
        assertThat(packed.sha256()).isEqualTo(sha256(file));
    }

    @ParameterizedTest
    @CsvSource({"csv, gzip", "tsv, gzip", "ndjson, zstd", "json, zstd"})
    void areDescribedInAnArchiveToo(String format, String packing) {
        byte[] content = utf8(Objects.requireNonNull(TABLES.get(format)));
        byte[] packed = Objects.requireNonNull(PACKINGS.get(packing)).apply(content);

        var archive = Profiling.file("data.zip", PackedBytes.zip("data." + format + ".gz", packed));

        assertThat(archive).returns("application/zip", FileProfile::format).returns("zip", FileProfile::packing);
        assertThat(archive.entries()).singleElement()
                .isEqualTo(new FileProfile.Entry("data." + format + ".gz",
                        Profiling.file("data." + format + ".gz", packed), null));
    }

    @Test
    void haveSeveralGzipMembersOrZstdFrames() {
        byte[] first = utf8("id,name\n1,Ada\n");
        byte[] second = utf8("2,Alan\n3,Grace\n");

        assertThat(List.of(joined(gzip(first), gzip(new byte[0]), gzip(second)), joined(zstd(first), zstd(second))))
                .allSatisfy(file -> assertThat(Profiling.file("a.csv", file)).returns(3L, FileProfile::rows));
    }

    @Test
    void mayEndInZerosAsTapesDo() {
        byte[] file = joined(gzip(utf8("id,name\n1,Ada\n")), new byte[100_000]);

        assertThat(Profiling.file("a.csv.gz", file)).returns(1L, FileProfile::rows).returns((long) file.length,
                FileProfile::bytes);
    }

    /** RFC 1952 2.3.1: extra field, name, comment and a checksum of the header. */
    @Test
    void mayHaveEveryFieldOfAGzipHeader() {
        byte[] plain = gzip(utf8("id,name\n1,Ada\n"));
        byte[] header = joined(new byte[]{0x1F, (byte) 0x8B, 8, 0x1F, 0, 0, 0, 0, 0, 3}, new byte[]{3, 0, 1, 2, 3},
                utf8("x".repeat(100_000) + "\0"), utf8("comment\0"), new byte[]{0, 0});
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);

        assertThat(Profiling.file("a.csv.gz", joined(header, body))).returns(1L, FileProfile::rows);
    }

    @Test
    void mayBeginWithAZstdFrameToBeSkipped() {
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};

        assertThat(Profiling.file("a.csv", joined(skippable, zstd(utf8("id,name\n1,Ada\n"))))).returns("zstd",
                FileProfile::packing).returns(1L, FileProfile::rows);
    }

    @Test
    void areNamedByTheirMediaTypeWhenPackedTooDeep() {
        byte[] content = utf8("id,name\n1,Ada\n");

        var profile = Profiling.file("a.csv.gz", gzip(zstd(gzip(content))));

        assertThat(profile).returns("application/gzip", FileProfile::format).returns("gzip/zstd", FileProfile::packing)
                .returns((long) gzip(content).length, FileProfile::unpackedBytes).returns(null, FileProfile::rows);
    }

    @Test
    void areOfAnyKindOfContent() {
        assertThat(Profiling.file("a.gz", gzip(new byte[1000]))).returns("application/octet-stream",
                FileProfile::format).returns(1000L, FileProfile::unpackedBytes);
        assertThat(Profiling.file("empty.csv.gz", gzip(new byte[0]))).returns("csv", FileProfile::format)
                .returns(0L, FileProfile::rows).returns(0L, FileProfile::unpackedBytes);
    }

    @Test
    void areDeclaredByWhatTheyHold() {
        var hints = new FileHints("upload.gz", "text/csv; charset=windows-1251");

        var profile = Profiling.file(hints, gzip("ид,имя\n1,Иван\n".getBytes(Charset.forName("windows-1251"))));

        assertThat(profile.encoding()).isEqualTo("windows-1251");
        assertThat(columns(profile).get(1).examples()).containsExactly("Иван");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

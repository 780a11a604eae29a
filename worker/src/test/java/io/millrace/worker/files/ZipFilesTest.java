package io.millrace.worker.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;
import io.millrace.worker.files.packing.DamagedContent;

import static io.millrace.worker.files.PackedBytes.gzip;
import static io.millrace.worker.files.PackedBytes.storedZip;
import static io.millrace.worker.files.PackedBytes.utf8;
import static io.millrace.worker.files.PackedBytes.zip;
import static io.millrace.worker.files.PackedBytes.zipOfMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZipFilesTest {

    private static final byte[] TABLE = utf8("id,name\n1,Ada\n2,Alan\n");
    private static final byte[] OBJECTS = utf8("[{\"a\":1},{\"a\":2},{\"a\":3}]");

    @Test
    void areDescribedFileByFileWithoutTheirFolders() {
        byte[] archive = storedZip("data/", new byte[0], "data/people.csv", TABLE, "objects", OBJECTS);

        // Neither the name nor a declaration makes an archive of it.
        var profile = Profiling.file(new FileHints("data.csv", "text/csv"), archive);

        assertThat(profile).returns("application/zip", FileProfile::format).returns("zip", FileProfile::packing)
                .returns((long) archive.length, FileProfile::bytes)
                .returns((long) TABLE.length + OBJECTS.length, FileProfile::unpackedBytes)
                .returns(null, FileProfile::columns).returns(null, FileProfile::entriesLeftOut);
        assertThat(entries(profile)).containsExactly(
                new FileProfile.Entry("data/people.csv", Profiling.file("people.csv", TABLE), null),
                new FileProfile.Entry("objects", Profiling.file("objects", OBJECTS), null));
    }

    @Test
    void mayBeEmpty() {
        assertThat(Profiling.file("a.zip", zip(Map.of()))).returns(List.of(), FileProfile::entries).returns(0L,
                FileProfile::unpackedBytes);
    }

    @Test
    void mayUseZip64() {
        byte[] archive = PackedBytes.written(target -> {
            try (var output = new ZipArchiveOutputStream(target)) {
                output.setUseZip64(Zip64Mode.Always);
                output.putArchiveEntry(new ZipArchiveEntry("a.csv"));
                output.write(TABLE);
                output.closeArchiveEntry();
            }
        });

        assertThat(entries(Profiling.file("a.zip", archive))).singleElement()
                .isEqualTo(new FileProfile.Entry("a.csv", Profiling.file("a.csv", TABLE), null));
    }

    @Test
    void mayNameAFileTwice() {
        assertThat(entries(Profiling.file("a.zip", storedZip("a.csv", TABLE, "a.csv", OBJECTS))))
                .extracting(entry -> profile(entry).format()).containsExactly("csv", "json");
    }

    @Test
    void haveNamesThatAreNothingButText() {
        String name = "../../etc/pass\u0000wd\u202E\n" + "x".repeat(300);

        assertThat(entries(Profiling.file("a.zip", storedZip(name, TABLE)))).singleElement()
                .returns("../../etc/pass\uFFFDwd\uFFFD\uFFFD" + "x".repeat(181), FileProfile.Entry::name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.csv"})
    void mayHoldFilesOfAnyKind(String name) {
        byte[] table = Profiling.resource("airports.csv");

        assertThat(profile(entries(Profiling.file("a.zip", zip(name, table))).getFirst()).rows()).isEqualTo(3376);
    }

    @Test
    void holdArchivesOfTheirOwnDownToTheDepthThatIsAllowed() {
        byte[] archive = zip("outer.zip", zip("inner.zip", zip("a.csv", TABLE)));

        var outer = profile(entries(Profiling.file("a.zip", archive)).getFirst());

        assertThat(outer).returns("zip", FileProfile::packing);
        assertThat(profile(entries(outer).getFirst())).returns("application/zip", FileProfile::format)
                .returns(null, FileProfile::entries).returns(null, FileProfile::packing);
    }

    @Test
    void mayBePackedThemselves() {
        assertThat(Profiling.file("a.zip.gz", gzip(zip("a.csv", TABLE)))).returns("gzip/zip", FileProfile::packing)
                .returns("application/zip", FileProfile::format)
                .returns((long) TABLE.length, FileProfile::unpackedBytes);
    }

    @Test
    void areDescribedUpToANumberOfFiles() {
        var profiler = new FileProfiler(Profiling.limits(Map.of("millrace.profile.max-entries", "3")));

        var profile = Profiling.file(profiler, new FileHints("a.zip", null), zipOfMany(10, TABLE));

        assertThat(entries(profile)).extracting(FileProfile.Entry::name).containsExactly("0.csv", "1.csv", "2.csv");
        assertThat(profile.entriesLeftOut()).isEqualTo(7);
    }

    @Test
    void haveNoMoreColumnsInAllThanASingleFile() {
        byte[] wide = utf8("a" + ",a".repeat(5999) + "\n" + "1" + ",1".repeat(5999) + "\n");

        var entries = entries(Profiling.file("a.zip", zipOfMany(2, wide)));

        assertThat(Profiling.columns(profile(entries.getFirst()))).hasSize(6000);
        assertThat(entries.getLast().refused()).startsWith("its columns are left out");
        assertThat(profile(entries.getLast())).returns(null, FileProfile::columns).returns(1L, FileProfile::rows);
    }

    @Test
    void tellWhichFileIsDamagedInItself() {
        byte[] damaged = gzip(Profiling.resource("airports.csv"));
        damaged[5000] ^= 1;

        var entries = entries(Profiling.file("a.zip", storedZip("a.csv.gz", damaged, "b.csv", TABLE)));

        assertThat(entries.getFirst().refused()).startsWith("the gzip data is damaged or cut off: only ");
        assertThat(profile(entries.getLast()).rows()).isEqualTo(2);
    }

    @Test
    void areRefusedIfAChecksumIsWrong() {
        byte[] archive = storedZip("a.csv", TABLE, "b.csv", TABLE);
        // Stored as it is, behind a header of 30 bytes and the name.
        archive[30 + 5 + 9] = '7';

        assertThatThrownBy(() -> Profiling.file("a.zip", archive)).isInstanceOf(DamagedContent.class)
                .hasMessageStartingWith("entry 1 of the zip is damaged");
    }

    /** As in "A better zip bomb": the directory names files that lie within others. */
    @Test
    void areRefusedIfTheirDirectoryListsMoreThanTheyHold() {
        byte[] archive = zipOfMany(3, TABLE);
        ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putShort(archive.length - 12, (short) 250);

        assertThatThrownBy(() -> Profiling.file("a.zip", archive)).isInstanceOf(DamagedContent.class)
                .hasMessageContaining("lists 250 entries, but 3 follow one another");
    }

    private static List<FileProfile.Entry> entries(FileProfile profile) {
        return Objects.requireNonNull(profile.entries());
    }

    private static FileProfile profile(FileProfile.Entry entry) {
        return Objects.requireNonNull(entry.profile());
    }
}

package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;
import io.millrace.worker.files.packing.DamagedContent;

import static io.millrace.worker.files.PackedBytes.gzip;
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
        byte[] archive = written("data/", new byte[0], "data/people.csv", TABLE, "objects", OBJECTS);

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
        assertThat(entries(Profiling.file("a.zip", written("a.csv", TABLE, "a.csv", OBJECTS))))
                .extracting(entry -> profile(entry).format()).containsExactly("csv", "json");
    }

    @Test
    void haveNamesThatAreNothingButText() {
        String name = "../../etc/pass\u0000wd\u202E\n" + "x".repeat(300);

        assertThat(entries(Profiling.file("a.zip", written(name, TABLE)))).singleElement()
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
    void tellWhichFilesAreEncryptedAndGoOn() {
        byte[] archive = written("secret.csv", TABLE, "open.csv", TABLE);
        // The general purpose bit 0 of the first local header.
        archive[6] |= 1;

        assertThat(entries(Profiling.file("a.zip", archive))).containsExactly(
                new FileProfile.Entry("secret.csv", null, "it is encrypted"),
                new FileProfile.Entry("open.csv", Profiling.file("open.csv", TABLE), null));
    }

    @Test
    void tellWhichFilesArePackedInAnUnknownWayAndGoOn() {
        byte[] archive = written("odd.csv", TABLE, "open.csv", TABLE);
        // LZMA, in the method of the first local header.
        archive[8] = 14;

        assertThat(entries(Profiling.file("a.zip", archive))).extracting(FileProfile.Entry::refused)
                .containsExactly("it is packed by method 14, which is not supported", null);
    }

    @Test
    void stopAtAFileThatCannotBeReadAndHasItsLengthBehindIt() {
        byte[] archive = zipOfMany(3, TABLE);
        archive[6] |= 1;

        var profile = Profiling.file("a.zip", archive);

        assertThat(profile.entriesLeftOut()).isEqualTo(2);
        assertThat(entries(profile)).singleElement().satisfies(
                entry -> assertThat(entry.refused()).startsWith("it is encrypted; nor can what comes after it"));
    }

    @Test
    void stopAtAStoredFileThatHasItsLengthBehindIt() {
        byte[] archive = zipOfMany(2, TABLE);
        archive[8] = 0;

        var profile = Profiling.file("a.zip", archive);

        assertThat(profile.entriesLeftOut()).isEqualTo(1);
        assertThat(entries(profile)).singleElement().satisfies(
                entry -> assertThat(entry.refused()).startsWith("it is stored without its length before it"));
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

        var entries = entries(Profiling.file("a.zip", written("a.csv.gz", damaged, "b.csv", TABLE)));

        assertThat(entries.getFirst().refused()).startsWith("the gzip data is damaged or cut off: only ");
        assertThat(profile(entries.getLast()).rows()).isEqualTo(2);
    }

    @Test
    void areRefusedIfAChecksumIsWrong() {
        byte[] archive = written("a.csv", TABLE, "b.csv", TABLE);
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

    /** Entries with their length before them, stored as they are. */
    private static byte[] written(Object... namesAndContents) {
        return PackedBytes.written(target -> {
            try (var output = new ZipArchiveOutputStream(target)) {
                for (int i = 0; i < namesAndContents.length; i += 2) {
                    byte[] content = (byte[]) namesAndContents[i + 1];
                    var entry = new ZipArchiveEntry((String) namesAndContents[i]);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(content.length);
                    var crc = new CRC32();
                    crc.update(content);
                    entry.setCrc(crc.getValue());
                    output.putArchiveEntry(entry);
                    new ByteArrayInputStream(content).transferTo(output);
                    output.closeArchiveEntry();
                }
            }
        });
    }

    private static List<FileProfile.Entry> entries(FileProfile profile) {
        return Objects.requireNonNull(profile.entries());
    }

    private static FileProfile profile(FileProfile.Entry entry) {
        return Objects.requireNonNull(entry.profile());
    }
}

package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.millrace.core.files.FileProfile;
import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Small files that would unpack to much more than a worker should do for them. */
class PackedBombsTest {

    private static final int MB = 1 << 20;

    private static List<UnaryOperator<byte[]>> packings() {
        return List.of(PackedBytes::gzip, PackedBytes::zstd, content -> PackedBytes.zip("0.csv", content));
    }

    @ParameterizedTest
    @MethodSource("packings")
    void areGivenUpAtTheRatio(UnaryOperator<byte[]> packing) {
        byte[] bomb = packing.apply(new byte[80 * MB]);

        assertThatThrownBy(() -> Profiling.file("bomb", bomb)).isInstanceOf(PermanentFailure.class)
                .hasMessage("the file unpacks to more than 200 times its size (millrace.profile.max-ratio)");
    }

    @ParameterizedTest
    @MethodSource("packings")
    void areGivenUpAtTheSize(UnaryOperator<byte[]> packing) {
        var profiler = profilerWith("max-unpacked", "1MB");
        byte[] bomb = packing.apply(PackedBytes.utf8("a,b\n".repeat(MB / 4) + "c"));

        assertThatThrownBy(() -> Profiling.file(profiler, new FileHints("bomb", null), bomb))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the file unpacks to more than 1048576 bytes (millrace.profile.max-unpacked)");
    }

    /** FastCSV wraps what its text throws. */
    @ParameterizedTest
    @MethodSource("packings")
    void areGivenUpAtTheSizeWhereATableIsReadByCharactersToo(UnaryOperator<byte[]> packing) {
        var profiler = profilerWith("max-unpacked", "1MB");
        byte[] bomb = packing.apply(PackedBytes.utf8("a,b\n\"x\"y,2\n" + "1,2\n".repeat(MB / 4)));

        assertThatThrownBy(() -> Profiling.file(profiler, new FileHints("bomb", null), bomb))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the file unpacks to more than 1048576 bytes (millrace.profile.max-unpacked)");
    }

    @Test
    void areCountedTogetherOverAllFilesOfAnArchive() {
        var profiler = profilerWith("max-unpacked", "1MB");
        byte[] archive = PackedBytes.zipOfMany(11, new byte[100_000]);

        assertThatThrownBy(() -> Profiling.file(profiler, new FileHints("a.zip", null), archive))
                .isInstanceOf(PermanentFailure.class).hasMessageContaining("max-unpacked");
    }

    @Test
    void areCountedTogetherOverAllDepths() {
        // 42.zip: each layer is small for the one around it.
        byte[] inner = PackedBytes.zipOfMany(10, new byte[10 * MB]);
        byte[] outer = PackedBytes.zip("inner.zip", inner);

        assertThatThrownBy(() -> Profiling.file("42.zip", outer)).isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("max-ratio");
    }

    @Test
    void areNoTablesThatAreSmallWhateverTheirRatio() {
        byte[] table = PackedBytes.utf8("id,name\n" + "1,Ada\n".repeat(500_000));

        assertThat(Profiling.file("a.csv.zst", PackedBytes.zstd(table))).returns(500_000L, FileProfile::rows)
                .satisfies(profile -> assertThat(profile.bytes()).isLessThan(table.length / 1000));
    }

    @Test
    void areUnpackedNoDeeperThanAllowedEvenIfTheyHoldThemselves() {
        byte[] packed = PackedBytes.utf8("a,b\n1,2\n");
        for (int depth = 0; depth < 50; depth++) {
            packed = PackedBytes.gzip(packed);
        }

        assertThat(Profiling.file("a.gz", packed)).returns("application/gzip", FileProfile::format)
                .returns("gzip/gzip", FileProfile::packing);
    }

    @Test
    void areNotUnpackedAtAllIfThatIsForbidden() {
        var profile = Profiling.file(profilerWith("max-depth", "0"), new FileHints("a.csv.gz", null),
                PackedBytes.gzip(PackedBytes.utf8("a,b\n1,2\n")));

        assertThat(profile).returns("application/gzip", FileProfile::format).returns(null, FileProfile::packing);
    }

    /** 16 MB of name: a reader that keeps the name would hold it all. */
    @Test
    void doNotFillTheMemoryWithWhatIsNoContent() {
        byte[] plain = PackedBytes.gzip(PackedBytes.utf8("a,b\n1,2\n"));
        byte[] header = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0};
        byte[] name = new byte[16 * MB];
        Arrays.fill(name, (byte) 'x');
        byte[] file = PackedBytes.joined(header, name, new byte[1],
                Arrays.copyOfRange(plain, 10, plain.length));
        // What is loaded at the first file of all does not count.
        Profiling.file("a.csv.gz", plain);
        long before = allocated();

        var profile = Profiling.file("a.csv.gz", file);

        assertThat(profile.rows()).isEqualTo(1);
        assertThat(allocated() - before).isLessThan(12 * MB);
    }

    @Test
    void tellHowFarTheyAreInBytesOfTheFileAndReadItWhole() throws IOException {
        byte[] file = PackedBytes.gzip(new GeneratedCsv(150_000).readAllBytes());
        var told = new ArrayList<Long>();

        var profile = Profiling.PROFILER.profile(() -> new ByteArrayInputStream(file), new FileHints("a", null),
                told::add);

        assertThat(profile).returns(150_000L, FileProfile::rows).returns((long) file.length, FileProfile::bytes);
        assertThat(told).hasSizeGreaterThan(2).isSorted().endsWith((long) file.length);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static FileProfiler profilerWith(String setting, String value) {
        return new FileProfiler(Profiling.limits(Map.of("millrace.profile." + setting, value)));
    }
}

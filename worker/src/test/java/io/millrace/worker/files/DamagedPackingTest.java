package io.millrace.worker.files;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.millrace.core.files.FileProfile;
import io.millrace.jobs.PermanentFailure;
import io.millrace.worker.files.packing.DamagedContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DamagedPackingTest {

    private static final byte[] TABLE = Profiling.resource("unemployment.tsv");
    private static final long ROWS = 3218;
    private static final int ROUNDS = 60;

    enum Packed {
        GZIP {

            @Override
            byte[] of(byte[] table) {
                return PackedBytes.joined(PackedBytes.gzip(table), PackedBytes.gzip(new byte[0]));
            }
        },
        ZSTD {

            @Override
            byte[] of(byte[] table) {
                return PackedBytes.zstd(table);
            }
        },
        ZIP {

            @Override
            byte[] of(byte[] table) {
                return PackedBytes.zip("u.tsv", table);
            }
        },
        ZIP_OF_GZIP {

            @Override
            byte[] of(byte[] table) {
                return PackedBytes.zip("u.tsv.gz", PackedBytes.gzip(table));
            }
        };

        abstract byte[] of(byte[] table);
    }

    @ParameterizedTest
    @EnumSource
    void isNoWholeWhereverItIsCutOff(Packed packed) {
        byte[] whole = packed.of(TABLE);
        var random = new Random(1);
        // The gzip file's second member has 20 bytes: cut off before it, the first is a file of its own.
        int longest = packed == Packed.GZIP ? whole.length - 21 : whole.length - 1;

        for (int i = 0; i < ROUNDS; i++) {
            int length = i == 0 ? longest : random.nextInt(8, longest);
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Profiling.file("data", cut)).as("%s cut to %s", packed, length)
                    .isInstanceOf(DamagedContent.class).hasMessageContaining("damaged");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isToldInTheMiddleOfATableToo(Packed packed) {
        byte[] whole = packed.of(Profiling.resource("birdstrikes.csv"));

        assertThatThrownBy(() -> Profiling.file("data", Arrays.copyOf(whole, whole.length - 1000)))
                .isInstanceOf(DamagedContent.class);
    }

    @ParameterizedTest
    @EnumSource
    void isEitherToldOrMakesNoDifference(Packed packed) {
        byte[] whole = packed.of(TABLE);
        var random = new Random(2);

        for (int i = 0; i < ROUNDS; i++) {
            byte[] broken = whole.clone();
            int flips = random.nextInt(1, 4);
            for (int flip = 0; flip < flips; flip++) {
                // Often in a header.
                int at = random.nextBoolean() ? random.nextInt(broken.length) : random.nextInt(60);
                broken[at] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                requireWholeOrRefused(Profiling.file("data", broken));
            } catch (PermanentFailure e) {
                assertThat(e.getMessage()).matches("(the|entry) .*(damaged|max-).*");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNeverMoreThanItsNoise(Packed packed) {
        byte[] head = Arrays.copyOf(packed.of(TABLE), 40);
        var random = new Random(3);

        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[5000];
            random.nextBytes(noise);
            System.arraycopy(head, 0, noise, 0, random.nextInt(4, head.length));
            assertThatThrownBy(() -> Profiling.file("data", noise)).isInstanceOf(PermanentFailure.class);
        }
    }

    private static void requireWholeOrRefused(FileProfile profile) {
        if (profile.packing() == null || profile.unpackedBytes() == null) {
            return;
        }
        if (profile.entries() == null) {
            assertThat(profile.rows()).isEqualTo(ROWS);
            return;
        }
        for (var entry : profile.entries()) {
            if (entry.refused() == null && entry.profile() != null && entry.profile().rows() != null) {
                assertThat(entry.profile().rows()).isEqualTo(ROWS);
            }
        }
    }
}

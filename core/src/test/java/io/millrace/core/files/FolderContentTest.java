package io.millrace.core.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderContentTest extends ContentStoreContract {

    @TempDir
    private Path folder;

    @Override
    String name() {
        return FolderPieces.NAME;
    }

    @Override
    List<Pieces> places() {
        return List.of(new FolderPieces(folder));
    }

    @Test
    void callsFilesByOurIdWhateverTheClientCallsThem() throws IOException {
        StoredFile stored = files().store().store("../../etc/passwd", null, new ByteArrayInputStream(new byte[1]));

        try (var paths = Files.walk(folder)) {
            assertThat(paths.filter(Files::isRegularFile).map(folder::relativize).map(Path::toString))
                    .containsExactly(stored.id().toString().substring(0, 2) + "/" + stored.id());
        }
    }

    @Test
    void keepsNothingOnDiskOfAnUploadThatBreaks() throws IOException {
        assertThatThrownBy(() -> files().store().store("a.csv", null, Interlude.between(new RandomBytes(2_000_000),
                () -> {
                    throw new IOException("the client went away");
                }, new RandomBytes(1)))).hasMessage("the client went away");

        try (var paths = Files.walk(folder)) {
            assertThat(paths.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void refusesToStartOnWhatCannotBeAFolder() throws IOException {
        Path gone = Files.writeString(folder.resolve("a-file"), "not a folder").resolve("below");

        assertThatThrownBy(() -> new FolderPieces(gone).check()).isInstanceOf(UnusableContentStore.class)
                .hasMessageContaining("millrace.files.folder.path");
    }
}

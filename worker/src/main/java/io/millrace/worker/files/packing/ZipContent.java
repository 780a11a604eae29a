package io.millrace.worker.files.packing;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** What an archive's current entry holds, with its checksum: the archive's reader has none. */
final class ZipContent extends BulkInput {

    private final InputStream zip;
    private final CRC32 crc = new CRC32();
    private long bytes;
    private boolean ended;

    ZipContent(InputStream zip) {
        this.zip = zip;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = zip.read(target, offset, length);
        if (count > 0) {
            crc.update(target, offset, count);
            bytes += count;
        }
        ended |= count < 0;
        return count;
    }

    boolean ended() {
        return ended;
    }

    long bytes() {
        return bytes;
    }

    long checksum() {
        return crc.getValue();
    }
}

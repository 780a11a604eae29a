package io.millrace.worker.files.packing;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/** What an unpacker makes of packed bytes, counted against the limits. Its complaints become {@link DamagedContent}, for good. */
final class UnpackedInput extends BulkInput {

    private final String what;
    private final InputStream unpacker;
    private final PackedInput packed;
    private final UnpackBudget budget;
    private long bytes;
    private @Nullable DamagedContent damage;

    UnpackedInput(String what, InputStream unpacker, PackedInput packed, UnpackBudget budget) {
        this.what = what;
        this.unpacker = unpacker;
        this.packed = packed;
        this.budget = budget;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = unpack(target, offset, length);
        if (count > 0) {
            bytes += count;
            budget.unpacked(count);
        }
        return count;
    }

    private int unpack(byte[] target, int offset, int length) throws IOException {
        if (damage != null) {
            throw damage;
        }
        try {
            return unpacker.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            damage = packed.blame(e, what, bytes);
            throw damage;
        }
    }

    @Override
    public void close() throws IOException {
        unpacker.close();
    }
}

package io.millrace.api.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.apache.commons.io.output.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** The elements of one JSON array. */
final class ArrayItems implements BulkItems {

    private final JsonFactory json;
    private final JsonParser array;
    private final int longest;
    private long place;

    ArrayItems(InputStream body, int longest, int deepest) {
        this.json = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
                .maxStringLength(longest).maxNameLength(longest).maxNestingDepth(deepest).build()).build();
        this.array = json.createParser(ObjectReadContext.empty(), body);
        this.longest = longest;
    }

    @Override
    public @Nullable Item next() throws IOException {
        try {
            place++;
            if (place == 1 && array.nextToken() != JsonToken.START_ARRAY) {
                throw new StreamReadException(array, "not an array");
            }
            if (array.nextToken() == JsonToken.END_ARRAY) {
                if (array.nextToken() != null) {
                    throw new StreamReadException(array, "more behind the array");
                }
                return null;
            }
            var bytes = new Bounded(longest);
            try (var copy = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
                copy.copyCurrentStructureExact(array);
            }
            return new Item(place, bytes.isTooLong() ? null : bytes.bytes());
        } catch (JacksonException e) {
            throw new Broken(place, e);
        } catch (NumberFormatException e) {
            // Of an exponent beyond those of BigDecimal; what it says repeats the number.
            throw new Broken(place, new StreamReadException(array, "a number beyond all"));
        }
    }

    @Override
    public void close() {
        array.close();
    }

    /** Keeps no more than it may. */
    private static final class Bounded extends OutputStream {

        private final int most;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
        private boolean tooLong;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int one) {
            write(new byte[]{(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] more, int from, int length) {
            tooLong |= kept.size() + length > most;
            if (!tooLong) {
                kept.write(more, from, length);
            }
        }

        boolean isTooLong() {
            return tooLong;
        }

        byte[] bytes() {
            return kept.toByteArray();
        }
    }
}

package io.millrace.core.cache;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one node remembers of a race; all its times are of the clock that the nodes of one machine share.
 *
 * @param reads
 *            how many there were
 * @param fromMemory
 *            how many of them this node's memory answered
 */
record RaceLog(long reads, long fromMemory, List<Write> writes, List<Answer> answers) {

    /**
     * A change of this node.
     *
     * @param committedAt
     *            between the commit and the invalidation
     * @param returnedAt
     *            when the caller was told that it is done
     */
    record Write(int counter, int value, Instant committedAt, Instant returnedAt) {

        private String line() {
            return "write %s %s %s %s".formatted(counter, value, committedAt, returnedAt);
        }

        private static Write parse(String[] words) {
            return new Write(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Instant.parse(words[3]),
                    Instant.parse(words[4]));
        }
    }

    /**
     * A value that reads on this node got.
     *
     * @param lastBegan
     *            when the last of these reads began
     */
    record Answer(int counter, int value, Instant lastBegan) {

        private String line() {
            return "answer %s %s %s".formatted(counter, value, lastBegan);
        }

        private static Answer parse(String[] words) {
            return new Answer(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Instant.parse(words[3]));
        }
    }

    /** The last of {@link #lines}. */
    static boolean isLast(String line) {
        return line.startsWith("reads ");
    }

    List<String> lines() {
        return Stream.of(writes.stream().map(Write::line), answers.stream().map(Answer::line),
                Stream.of("reads %s %s".formatted(reads, fromMemory))).flatMap(lines -> lines).toList();
    }

    static RaceLog parse(List<String> lines) {
        var words = lines.stream().map(line -> line.split(" ", -1)).toList();
        return new RaceLog(Long.parseLong(words.getLast()[1]), Long.parseLong(words.getLast()[2]),
                words.stream().filter(line -> line[0].equals("write")).map(Write::parse).toList(),
                words.stream().filter(line -> line[0].equals("answer")).map(Answer::parse).toList());
    }
}

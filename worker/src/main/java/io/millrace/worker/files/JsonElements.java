package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;

/**
 * The elements of a text that is one JSON array, cut out by their brackets and quotes alone: whether each is JSON is for
 * its reader to tell. So a broken element costs only itself, as long as its brackets match. A line break within a string,
 * which JSON does not have, ends the element and makes it unusable; so does the end of the text before that of the array,
 * and what stands behind the array is an unusable piece of its own.
 */
final class JsonElements extends TextPieces {

    private State state = State.BEFORE;
    private int depth;
    private boolean string;
    private boolean rest;

    private enum State {
        BEFORE, WITHIN, BEHIND, ENDED
    }

    JsonElements(Reader text) {
        super(text);
    }

    @Override
    boolean advance() throws IOException {
        if (state == State.BEFORE) {
            open();
        }
        return switch (state) {
            case WITHIN -> element();
            case BEHIND -> rest();
            case BEFORE, ENDED -> false;
        };
    }

    /** Whether the text has no more to come. */
    boolean isLast() {
        return state == State.ENDED;
    }

    /** Whether this piece is what stands behind the array. */
    boolean isRest() {
        return rest;
    }

    /** Goes to the opening bracket, so that the first element begins behind it. */
    private void open() throws IOException {
        beginNext();
        int next = peek();
        while (next >= 0 && next <= ' ') {
            take();
            next = peek();
        }
        state = next == '[' ? State.WITHIN : State.ENDED;
    }

    private boolean element() throws IOException {
        beginNext();
        depth = 0;
        string = false;
        int next = peek();
        while (next >= 0) {
            if (isEnd((char) next)) {
                return true;
            }
            take();
            if (string && next == '\\' && peek() >= 0) {
                take();
            }
            next = peek();
        }
        state = State.ENDED;
        drop();
        return true;
    }

    private boolean isEnd(char next) {
        if (next == '"') {
            string = !string;
        } else if (string) {
            if (RewindableReader.isLineBreak(next)) {
                drop();
                return true;
            }
        } else if (next == ',') {
            return depth == 0;
        } else if (next == '{' || next == '[') {
            depth++;
        } else if (next == ']' && depth == 0) {
            state = State.BEHIND;
            return true;
        } else if (next == '}' || next == ']') {
            depth = Math.max(depth - 1, 0);
        }
        return false;
    }

    private boolean rest() throws IOException {
        state = State.ENDED;
        beginNext();
        boolean blank = true;
        int next = peek();
        while (next >= 0) {
            blank &= next <= ' ';
            take();
            next = peek();
        }
        rest = !blank;
        if (rest) {
            drop();
        }
        return rest;
    }
}

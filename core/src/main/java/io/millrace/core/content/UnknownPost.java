package io.millrace.core.content;

/** There is no such post to comment on. */
public final class UnknownPost extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownPost() {
        super("no post has this id");
    }
}

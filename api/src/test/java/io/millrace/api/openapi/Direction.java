package io.millrace.api.openapi;

/** Whether a value comes from a client or goes to it; what is read and what is written of a class may differ. */
enum Direction {
    REQUEST, ANSWER
}

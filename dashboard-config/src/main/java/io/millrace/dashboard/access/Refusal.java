package io.millrace.dashboard.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers a request that goes no further: with a page to people, with a sentence to programs. */
public final class Refusal {

    private static final String SENTENCE = "refusal";

    private Refusal() {
    }

    /** One sentence, and nothing that whoever asked has sent. */
    public static void send(HttpServletRequest request, HttpServletResponse response, int status, String sentence)
            throws IOException {
        if (wantsPage(request)) {
            request.setAttribute(SENTENCE, sentence);
            response.sendError(status);
            return;
        }
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    /** Whether it is a person's click and not a script's call or a tool's. */
    static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }
}

package io.millrace.dashboard.jobrunr;

import java.nio.charset.StandardCharsets;

/** The links from JobRunr's page to ours, of which it knows nothing: in a corner, over what it draws. */
final class WayBack {

    private static final String END = "</body>";
    private static final String LINKS = """
                                        <nav aria-label="Millrace" style="position:fixed;z-index:2000;left:0;bottom:0;padding:.4rem .8rem;\
                                        font:14px system-ui,sans-serif;background:#fff;border:1px solid #c6ccd2;border-radius:0 .4rem 0 0">\
                                        <a style="color:#0b5cad" href="/">Millrace</a>\
                                         · <a style="color:#0b5cad" href="/search">Search</a>\
                                         · <a style="color:#0b5cad" href="/audit">Audit</a></nav>
                                        """;

    private WayBack() {
    }

    static byte[] addedTo(byte[] page) {
        String html = new String(page, StandardCharsets.UTF_8);
        return html.replace(END, LINKS + END).getBytes(StandardCharsets.UTF_8);
    }
}

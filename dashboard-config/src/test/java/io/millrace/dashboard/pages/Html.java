package io.millrace.dashboard.pages;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.web.util.HtmlUtils;

/** What a reader sees of a page. */
final class Html {

    private static final Pattern ROW = Pattern.compile("<tr[ >].*?</tr>", Pattern.DOTALL);
    private static final Pattern MAIN = Pattern.compile("<main.*</main>", Pattern.DOTALL);

    private Html() {
    }

    /** The page's text without its frame, with single blanks. */
    static String text(String page) {
        var main = MAIN.matcher(page);
        return plain(main.find() ? main.group() : page);
    }

    /** The text of the first line of a table with this in its head or a cell. */
    static String row(String page, String containing) {
        return rows(page).stream().filter(row -> row.contains(containing)).findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + containing + " in " + text(page)));
    }

    static List<String> rows(String page) {
        return ROW.matcher(page).results().map(row -> plain(row.group())).toList();
    }

    private static String plain(String html) {
        return HtmlUtils.htmlUnescape(html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ")).strip();
    }
}

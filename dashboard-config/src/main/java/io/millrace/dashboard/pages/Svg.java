package io.millrace.dashboard.pages;

import java.util.Locale;

import org.springframework.web.util.HtmlUtils;

/**
 * An SVG picture as text. It holds neither a style nor a script, which the pages' policy forbids: colours come from the stylesheet by
 * class. Every text in it is escaped.
 */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    /**
     * @param id
     *            of the picture on its page
     */
    Svg(String id, String cssClass, int width, int height, String title, String description) {
        text.append("<svg class=\"").append(escaped(cssClass)).append("\" viewBox=\"0 0 ").append(width).append(' ')
                .append(height).append("\" role=\"img\" aria-labelledby=\"").append(escaped(id)).append("-title ")
                .append(escaped(id)).append("-text\"><title id=\"").append(escaped(id)).append("-title\">")
                .append(escaped(title)).append("</title><desc id=\"").append(escaped(id)).append("-text\">")
                .append(escaped(description)).append("</desc>");
    }

    Svg rectangle(String cssClass, double x, double y, double width, double height) {
        text.append("<rect class=\"").append(escaped(cssClass)).append("\" x=\"").append(number(x)).append("\" y=\"")
                .append(number(y)).append("\" width=\"").append(number(width)).append("\" height=\"")
                .append(number(height)).append("\"/>");
        return this;
    }

    Svg line(String cssClass, double x1, double y1, double x2, double y2) {
        text.append("<line class=\"").append(escaped(cssClass)).append("\" x1=\"").append(number(x1))
                .append("\" y1=\"").append(number(y1)).append("\" x2=\"").append(number(x2)).append("\" y2=\"")
                .append(number(y2)).append("\"/>");
        return this;
    }

    /** {@code path}: as of the attribute {@code d}. */
    Svg path(String cssClass, String path) {
        text.append("<path class=\"").append(escaped(cssClass)).append("\" d=\"").append(escaped(path))
                .append("\"/>");
        return this;
    }

    Svg circle(String cssClass, double x, double y, double radius) {
        text.append("<circle class=\"").append(escaped(cssClass)).append("\" cx=\"").append(number(x))
                .append("\" cy=\"").append(number(y)).append("\" r=\"").append(number(radius)).append("\"/>");
        return this;
    }

    /** {@code anchor}: start, middle or end. */
    Svg label(String anchor, double x, double y, String label) {
        text.append("<text text-anchor=\"").append(escaped(anchor)).append("\" x=\"").append(number(x))
                .append("\" y=\"").append(number(y)).append("\">").append(escaped(label)).append("</text>");
        return this;
    }

    static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number).replace(".0", "");
    }

    @Override
    public String toString() {
        return text + "</svg>";
    }

    private static String escaped(String unsafe) {
        return HtmlUtils.htmlEscape(unsafe, "UTF-8");
    }
}

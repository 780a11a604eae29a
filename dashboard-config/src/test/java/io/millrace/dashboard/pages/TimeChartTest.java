package io.millrace.dashboard.pages;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import io.millrace.dashboard.pages.Chart.Series;

import static org.assertj.core.api.Assertions.assertThat;

class TimeChartTest {

    private static final Steps STEPS = new Steps(Instant.parse("2026-11-26T16:00:00Z"), Duration.ofMinutes(15), 4);

    @Test
    void stacksBarsInProportion() throws Exception {
        var svg = picture(chart(Measure.COUNT).bars("Runs",
                List.of(series("succeeded", 30, 0, 10, 40), series("failed", 10, 0, 0, 0))));

        var bars = elements(svg, "rect");
        assertThat(bars).hasSize(4);
        assertThat(height(bars.get(0))).isEqualTo(3 * height(bars.get(1)));
        assertThat(number(bars.get(1), "y") + height(bars.get(1))).as("stands on the one below")
                .isEqualTo(number(bars.get(0), "y"));
        assertThat(height(bars.get(3))).isEqualTo(4 * height(bars.get(2)));
        assertThat(bars).allSatisfy(bar -> {
            assertThat(number(bar, "x")).isBetween(48.0, 390.0);
            assertThat(number(bar, "y")).isBetween(10.0, 158.0);
        });
    }

    @Test
    void saysInWordsAndInATableWhatItShows() throws Exception {
        var chart = chart(Measure.COUNT).bars("Runs",
                List.of(series("succeeded", 1_200, 0, 4, 0), series("failed", 0, 0, 1, 0)));

        var svg = picture(chart);
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(svg.getDocumentElement().getAttribute("aria-labelledby")).isEqualTo("runs-title runs-text");
        assertThat(elements(svg, "title").getFirst().getTextContent()).isEqualTo("Runs");
        assertThat(elements(svg, "desc").getFirst().getTextContent()).isEqualTo(
                "From 2026-11-26 16:00 to 2026-11-26 17:00 UTC; sums: succeeded 1,204, failed 1.");
        assertThat(chart.rows()).containsExactly(List.of("2026-11-26 16:00", "1,200", "0"),
                List.of("2026-11-26 16:30", "4", "1"));
    }

    @Test
    void breaksALineWhereThereIsNoValue() throws Exception {
        var chart = chart(Measure.TIME).lines("Runs", List.of(series("p50", 1, 2, Double.NaN, 3)));

        var svg = picture(chart);
        assertThat(elements(svg, "path").getFirst().getAttribute("d")).containsPattern("^M[^ML]+L[^ML]+M[^ML]+$");
        assertThat(elements(svg, "circle")).as("a value without neighbours").hasSize(1);
        assertThat(chart.rows()).hasSize(3);
    }

    @Test
    void isEmptyWhereNothingHappened() {
        assertThat(chart(Measure.COUNT).bars("Runs", List.of(series("failed", 0, 0, 0, 0))).empty()).isTrue();
        assertThat(chart(Measure.TIME)
                .lines("Runs", List.of(series("p50", Double.NaN, Double.NaN, Double.NaN, Double.NaN))).empty())
                .isTrue();
    }

    @Test
    void holdsNoStyleAndNoScriptAndEscapesNames() {
        var chart = chart(Measure.COUNT).bars("<script>alert(1)</script>\"&'",
                List.of(series("<b>succeeded", 1, 2, 3, 4)));

        assertThat(chart.svg()).doesNotContain("<script", "<b>", "style=").contains("&lt;script&gt;");
    }

    @ParameterizedTest
    @CsvSource({"COUNT, 1, 1", "COUNT, 3, 3", "COUNT, 7, 8", "COUNT, 1204, 1500", "COUNT, 100, 100",
            "TIME, 0.0042, 0.006",
            "TIME, 2.3, 3", "TIME, 59, 60", "TIME, 200, 240", "TIME, 5400, 7200", "TIME, 0, 0.001"})
    void dividesItsAxisRoundly(Measure measure, double highest, double top) {
        var ticks = measure.ticks(highest);

        assertThat(ticks.getFirst()).isZero();
        assertThat(ticks).hasSizeBetween(2, 6);
        assertThat(ticks.getLast()).isGreaterThanOrEqualTo(highest);
        assertThat(Math.round(ticks.getLast() * 1e6) / 1e6).isEqualTo(top);
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT1M", "PT24H, PT20M", "PT168H, PT2H"})
    void labelsAFewRoundTimes(Duration window, Duration step) {
        var steps = new Steps(Instant.parse("2026-11-26T16:07:00Z"), step, (int) window.dividedBy(step));

        assertThat(steps.labels()).hasSizeBetween(3, 8).allSatisfy(label -> {
            assertThat(label.getEpochSecond() % 300).isZero();
            assertThat(steps.share(label)).isBetween(0.0, 1.0);
        });
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT1M", "PT24H, PT20M", "PT168H, PT2H"})
    void letsNoLabelRunIntoItsNeighbourOrOverTheEdge(Duration window, Duration step) throws Exception {
        int count = (int) window.dividedBy(step);
        double[] values = new double[count];
        Arrays.fill(values, 1);
        for (int minutes = 0; minutes < 24 * 60; minutes += 7) {
            var steps = new Steps(Instant.parse("2026-11-26T00:00:00Z").plus(Duration.ofMinutes(minutes)), step, count);
            var svg = picture(
                    new TimeChart("runs", steps, Measure.COUNT).bars("Runs", List.of(series("failed", values))));

            var places = elements(svg, "text").stream().filter(text -> !text.getAttribute("text-anchor").equals("end"))
                    .mapToDouble(text -> number(text, "x")).toArray();
            assertThat(elements(svg, "text")).extracting(text -> text.getAttribute("text-anchor"))
                    .containsOnly("middle", "end");
            assertThat(places[places.length - 1]).isLessThanOrEqualTo(400 - 18);
            for (int i = 1; i < places.length; i++) {
                assertThat(places[i] - places[i - 1]).isGreaterThanOrEqualTo(36);
            }
        }
    }

    private static TimeChart chart(Measure measure) {
        return new TimeChart("runs", STEPS, measure);
    }

    private static Series series(String name, double... values) {
        var all = new ArrayList<Double>();
        for (double value : values) {
            all.add(value);
        }
        return new Series(name, name, all);
    }

    private static Document picture(Chart chart) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }

    private static List<Element> elements(Document svg, String name) {
        var found = svg.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static double height(Element bar) {
        return number(bar, "height");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}

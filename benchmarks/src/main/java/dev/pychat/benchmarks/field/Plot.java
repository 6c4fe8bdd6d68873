package dev.pychat.benchmarks.field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Curves in a picture, both axes logarithmic, as SVG. Confined to one thread. */
final class Plot {

    /**
     * A point, with the range of what was measured there.
     *
     * @param x where
     * @param y what
     * @param least the lowest
     * @param most the highest
     */
    record Point(double x, double y, double least, double most) {

        static Point at(double x, double y) {
            return new Point(x, y, y, y);
        }
    }

    /** Colours that people who see few of them can tell apart (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 130;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int LINE = 18;

    private final String title;
    private final String horizontal;
    private final String vertical;
    private final Map<Double, String> marks = new LinkedHashMap<>();
    private final Map<String, List<Point>> curves = new LinkedHashMap<>();

    Plot(String title, String horizontal, String vertical) {
        this.title = title;
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    /** Writes a label at a place of the horizontal axis. */
    void mark(double x, String label) {
        marks.put(x, label);
    }

    void add(String name, List<Point> points) {
        curves.put(name, points.stream().filter(point -> point.least() > 0).toList());
    }

    String svg() {
        List<Point> all = curves.values().stream().flatMap(List::stream).toList();
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
                <rect width="%d" height="%d" fill="white"/>
                <text x="%d" y="20" font-size="15">%s</text>
                """, WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, title));
        if (all.isEmpty()) {
            return svg.append("<text x=\"70\" y=\"60\">nothing was measured</text>\n</svg>\n")
                    .toString();
        }
        Axis across = new Axis(
                Math.min(least(all, Point::x), least(List.copyOf(marks.keySet()), mark -> mark)),
                Math.max(most(all, Point::x), most(List.copyOf(marks.keySet()), mark -> mark)),
                LEFT,
                WIDTH - RIGHT);
        Axis up = Axis.around(least(all, Point::least), most(all, Point::most), HEIGHT - BOTTOM, TOP);
        grid(svg, across, up);
        int number = 0;
        for (Map.Entry<String, List<Point>> curve : curves.entrySet()) {
            curve(svg, curve.getKey(), curve.getValue(), across, up, number++);
        }
        return svg.append("</svg>\n").toString();
    }

    private static <T> double least(List<T> values, ToDoubleFunction<T> what) {
        return values.stream().mapToDouble(what).min().orElseThrow();
    }

    private static <T> double most(List<T> values, ToDoubleFunction<T> what) {
        return values.stream().mapToDouble(what).max().orElseThrow();
    }

    private void grid(StringBuilder svg, Axis across, Axis up) {
        for (double value : up.steps()) {
            line(svg, LEFT, up.at(value), WIDTH - RIGHT, up.at(value), "#ddd");
            text(svg, LEFT - 6, up.at(value) + 4, "end", Axis.label(value));
        }
        marks.forEach((value, label) -> {
            line(svg, across.at(value), TOP, across.at(value), HEIGHT - BOTTOM, "#ddd");
            text(svg, across.at(value), HEIGHT - BOTTOM + LINE, "middle", label);
        });
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", horizontal);
        text(svg, LEFT - 6, TOP - 8, "end", vertical);
    }

    private static void curve(StringBuilder svg, String name, List<Point> points, Axis across, Axis up, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        svg.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                .append(colour)
                .append("\" points=\"");
        svg.append(points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", across.at(point.x()), up.at(point.y())))
                .collect(Collectors.joining(" ")));
        svg.append("\"/>\n");
        for (Point point : points) {
            if (point.least() < point.most()) {
                line(
                        svg,
                        across.at(point.x()),
                        up.at(point.least()),
                        across.at(point.x()),
                        up.at(point.most()),
                        colour);
            }
        }
        double y = TOP + LINE * (number + 0.5);
        line(svg, WIDTH - RIGHT + 10, y, WIDTH - RIGHT + 30, y, colour);
        text(svg, WIDTH - RIGHT + 36, y + 4, "start", name);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }

    /**
     * A logarithmic axis.
     *
     * @param least the value at its beginning
     * @param most the value at its end
     * @param from where it begins, in the picture
     * @param to where it ends
     */
    private record Axis(double least, double most, double from, double to) {

        private static final int[] STEPS = {1, 2, 5};
        private static final double TEN = 10;

        /** From a step below all values to a step above. */
        static Axis around(double least, double most, double from, double to) {
            return new Axis(step(least * 0.999, false), step(most * 1.001, true), from, to);
        }

        private static double step(double value, boolean above) {
            double found = above ? Double.MAX_VALUE : 0;
            int decade = (int) Math.floor(Math.log10(value));
            for (int exponent = decade - 1; exponent <= decade + 1; exponent++) {
                for (int step : STEPS) {
                    double candidate = step * Math.pow(TEN, exponent);
                    if (above && candidate >= value) {
                        found = Math.min(found, candidate);
                    } else if (!above && candidate <= value) {
                        found = Math.max(found, candidate);
                    }
                }
            }
            return found;
        }

        double at(double value) {
            double part = most > least ? Math.log(value / least) / Math.log(most / least) : 0.5;
            return from + part * (to - from);
        }

        List<Double> steps() {
            List<Double> steps = new ArrayList<>();
            for (double value = least; value <= most * 1.001; value = step(value * 1.001, true)) {
                steps.add(value);
            }
            return steps;
        }

        static String label(double value) {
            return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.2g", value);
        }
    }
}

package dev.pychat.transport.internal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Lengths of time in words. */
public final class DurationText {

    private record Unit(ChronoUnit length, String name) {}

    private static final List<Unit> UNITS = List.of(
            new Unit(ChronoUnit.DAYS, "day"),
            new Unit(ChronoUnit.HOURS, "hour"),
            new Unit(ChronoUnit.MINUTES, "minute"),
            new Unit(ChronoUnit.SECONDS, "second"));

    private DurationText() {}

    /**
     * A length of time, to the millisecond.
     *
     * @param length the length
     * @return a number and the largest unit that makes it a whole number, as in {@code 30 seconds}
     */
    public static String of(Duration length) {
        long millis = length.toMillis();
        if (length.isZero()) {
            return "0 seconds";
        }
        if (millis == 0) {
            return "less than a millisecond";
        }
        for (Unit unit : UNITS) {
            long each = unit.length().getDuration().toMillis();
            if (millis % each == 0) {
                return counted(millis / each, unit.name());
            }
        }
        return counted(millis, "millisecond");
    }

    private static String counted(long count, String unit) {
        return count == 1 ? "1 " + unit : count + " " + unit + "s";
    }
}

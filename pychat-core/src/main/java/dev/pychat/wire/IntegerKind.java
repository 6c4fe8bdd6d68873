package dev.pychat.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A JSON number without fraction or exponent, in a range. */
record IntegerKind(long min, long max) implements Kind<Long> {

    /** The largest integer that every JSON reader holds exactly: 2^53 - 1. */
    static final long LARGEST = (1L << 53) - 1;

    private static final int LONGEST = 17;

    static Kind<Integer> count(int min, int max) {
        return new IntegerKind(min, max).as(Math::toIntExact, Integer::longValue);
    }

    @Override
    public Long read(HeaderSource in) throws IOException, MalformedFrameException {
        String literal = in.number(allowed());
        if (literal.length() > LONGEST || !isInteger(literal)) {
            throw in.refused(literal, allowed());
        }
        long value = Long.parseLong(literal);
        if (value < min || value > max) {
            throw in.refused(literal, allowed());
        }
        return value;
    }

    @Override
    public void write(HeaderWriter out, Long value) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " given, allowed: " + allowed());
        }
        out.value(value.longValue());
    }

    @Override
    public @Nullable Long plain(PlainHeader in) {
        long value = in.asNumber();
        return in.form() == PlainHeader.Form.NUMBER && value >= min && value <= max ? value : null;
    }

    private String allowed() {
        return "an integer " + min + " to " + max;
    }

    private static boolean isInteger(String literal) {
        int digits = literal.startsWith("-") ? 1 : 0;
        for (int i = digits; i < literal.length(); i++) {
            if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
                return false;
            }
        }
        return literal.length() > digits;
    }
}

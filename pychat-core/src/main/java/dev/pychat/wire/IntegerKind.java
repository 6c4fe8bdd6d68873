package dev.pychat.wire;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

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
    public void write(JsonWriter out, Long value) throws IOException {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " given, allowed: " + allowed());
        }
        out.value(value.longValue());
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

package dev.pychat.wire;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says of text that is no JSON where it stops being JSON; what the JSON reader says is meant for its programmers. */
final class JsonFault {

    private static final Pattern PLACE = Pattern.compile(" at line (\\d{1,9}) column (\\d{1,9})");
    private static final String TOO_DEEP = "Nesting limit";

    private JsonFault() {}

    static MalformedFrameException of(IOException thrown) {
        String message = String.valueOf(thrown.getMessage());
        String what = message.startsWith(TOO_DEEP)
                ? "text nested deeper than " + WireLimits.MAX_DEPTH + " objects and arrays"
                : "text that is no JSON";
        return MalformedFrameException.saying(
                "header", what + place(message) + ", allowed: one JSON object (RFC 8259)");
    }

    private static String place(String message) {
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return "";
        }
        String column = " at column " + place.group(2);
        return place.group(1).equals("1") ? column : column + " of line " + place.group(1);
    }
}

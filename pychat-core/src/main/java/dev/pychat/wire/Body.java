package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a received frame, cut as its type wants it. The pieces share the frame's memory.
 *
 * @param frame the frame's type, for messages
 * @param whole all of it
 * @param parts its parts, none if the type has no parts
 */
record Body(String frame, Bytes whole, List<Bytes> parts) {

    /** No body, and no frame known yet. */
    static final Body NOTHING = new Body("header", Bytes.EMPTY, List.of());

    /** What a body is made of. */
    enum Form {
        /** No body: its length is 0. */
        NONE,
        /** One run of bytes. */
        WHOLE,
        /** Parts, each u32 length and bytes. */
        PARTS
    }

    /** Cuts a body: checks each length before it is believed. */
    static Body cut(String frame, Form form, Bytes whole) throws MalformedFrameException {
        switch (form) {
            case NONE -> {
                if (!whole.isEmpty()) {
                    throw refused(frame, whole.size() + " bytes", "none, this frame has no body");
                }
                return new Body(frame, whole, List.of());
            }
            case WHOLE -> {
                return new Body(frame, whole, List.of());
            }
            default -> {
                return new Body(frame, whole, split(frame, whole));
            }
        }
    }

    Bytes part(int index) throws MalformedFrameException {
        if (index >= parts.size()) {
            throw refused(frame, parts.size() + " parts", "a part for each thing that the header names");
        }
        return parts.get(index);
    }

    void expect(int count) throws MalformedFrameException {
        if (parts.size() != count) {
            throw refused(frame, parts.size() + " parts", count + " parts, as the header names them");
        }
    }

    private static List<Bytes> split(String frame, Bytes whole) throws MalformedFrameException {
        List<Bytes> parts = new ArrayList<>();
        int at = 0;
        while (at < whole.size()) {
            if (parts.size() == WireLimits.MAX_PARTS) {
                throw refused(frame, "more parts", "at most " + WireLimits.MAX_PARTS + " parts");
            }
            if (whole.size() - at < Integer.BYTES) {
                throw refused(frame, (whole.size() - at) + " bytes at its end", "a length of 4 bytes before each part");
            }
            long length = Integer.toUnsignedLong(
                    whole.slice(at, Integer.BYTES).asByteBuffer().getInt());
            at += Integer.BYTES;
            if (length > whole.size() - at) {
                throw refused(frame, "a part of " + length + " bytes", "at most the " + (whole.size() - at) + " left");
            }
            parts.add(whole.slice(at, (int) length));
            at += (int) length;
        }
        return parts;
    }

    private static MalformedFrameException refused(String frame, String given, String allowed) {
        return new MalformedFrameException(frame + " body", given, allowed);
    }
}

package dev.pychat.wire;

import java.io.IOException;
import java.util.Set;

/** Reads of a frame of unknown type the little that an answer needs; its header must be well-formed all the same. */
final class UnknownFrames {

    private static final Shape<UnknownRequest> REQUEST = Shape.of(UnknownRequest.class)
            .orElse(Fields.ID, 0L, UnknownRequest::id)
            .make(v -> new UnknownRequest(v.get(Fields.ID), ""));

    private static final Shape<UnknownReply> REPLY = Shape.of(UnknownReply.class)
            .orElse(Fields.RE, 0L, UnknownReply::re)
            .make(v -> new UnknownReply(v.get(Fields.RE), ""));

    private UnknownFrames() {}

    static Frame read(Direction direction, String name, HeaderSource start, Set<String> seen)
            throws IOException, MalformedFrameException {
        Shape<? extends Frame> shape = direction == Direction.TO_SERVER ? REQUEST : REPLY;
        HeaderSource in = new HeaderSource(start, name, Body.NOTHING);
        Values values = shape.fill(in, seen, null);
        in.end();
        return direction == Direction.TO_SERVER
                ? new UnknownRequest(values.get(Fields.ID), name)
                : new UnknownReply(values.get(Fields.RE), name);
    }
}

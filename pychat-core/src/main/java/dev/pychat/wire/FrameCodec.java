package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Frames to bytes and back. {@link FrameDecoder} cuts a stream into frames first.
 *
 * <p>Thread-safe: it has no state.
 */
public final class FrameCodec {

    private static final String TYPE = "t";
    /** The bytes in front of a header. */
    private static final int LENGTHS = Integer.BYTES + Short.BYTES;

    private static final TextKind TYPE_NAME = new TextKind(64);

    private FrameCodec() {}

    /**
     * Writes a frame.
     *
     * @param frame the frame
     * @return all its bytes, the length field included; the array is the caller's own
     * @throws IllegalArgumentException if a value is out of its range, the frame is larger than {@link
     *     WireLimits#MAX_FRAME} or its header than {@link WireLimits#MAX_HEADER}, or it is of a kind that is only received
     */
    public static byte[] encode(Frame frame) {
        FrameType type = FrameType.of(frame);
        return encode(type, type.shape(), frame);
    }

    @SuppressWarnings("unchecked") // the type's shape is that of the frame's class
    private static <F extends Frame> byte[] encode(FrameType type, Shape<?> shape, F frame) {
        Shape<F> own = (Shape<F>) shape;
        HeaderWriter header = new HeaderWriter(LENGTHS);
        header.beginObject().name(TYPE).value(type.wireName());
        own.writeFields(header, frame, null);
        header.endObject();
        List<Bytes> bodies = own.bodies(frame);
        int perPart = own.form() == Body.Form.PARTS ? Integer.BYTES : 0;
        long length = Short.BYTES + (long) header.length();
        for (Bytes body : bodies) {
            length += perPart + body.size();
        }
        if (length > WireLimits.MAX_FRAME || header.length() > WireLimits.MAX_HEADER) {
            throw new IllegalArgumentException(
                    "a " + type.wireName() + " frame of " + length + " bytes with a header of " + header.length()
                            + ", allowed are " + WireLimits.MAX_FRAME + " and " + WireLimits.MAX_HEADER);
        }
        ByteBuffer out = ByteBuffer.wrap(header.withRoomBehind((int) length - Short.BYTES - header.length()));
        out.putInt((int) length).putShort((short) header.length());
        out.position(LENGTHS + header.length());
        for (Bytes body : bodies) {
            if (perPart > 0) {
                out.putInt(body.size());
            }
            body.copyTo(out);
        }
        return out.array();
    }

    /**
     * Reads a frame that a client sent.
     *
     * @param frame what follows the length field; the result may share its memory
     * @param maxHeader the most bytes of its header
     * @return the frame; {@link UnknownRequest} for a type that this version does not know
     * @throws MalformedFrameException if it is no frame
     */
    public static ClientFrame decodeClient(Bytes frame, int maxHeader) throws MalformedFrameException {
        return (ClientFrame) decode(Direction.TO_SERVER, frame, maxHeader);
    }

    /**
     * Reads a frame that a server sent.
     *
     * @param frame what follows the length field; the result may share its memory
     * @param maxHeader the most bytes of its header
     * @return the frame; {@link UnknownReply} for a type that this version does not know
     * @throws MalformedFrameException if it is no frame
     */
    public static ServerFrame decodeServer(Bytes frame, int maxHeader) throws MalformedFrameException {
        return (ServerFrame) decode(Direction.TO_CLIENT, frame, maxHeader);
    }

    static Frame decode(Direction direction, Bytes frame, int maxHeader) throws MalformedFrameException {
        if (frame.size() < Short.BYTES) {
            throw new MalformedFrameException("frame length", Integer.toString(frame.size()), "at least 2");
        }
        int length = Short.toUnsignedInt(frame.asByteBuffer().getShort());
        int most = Math.min(maxHeader, frame.size() - Short.BYTES);
        if (length < 2 || length > most) {
            throw new MalformedFrameException("header length", Integer.toString(length), "2 to " + most + " here");
        }
        byte[] header = frame.slice(Short.BYTES, length).toArray();
        Bytes body = frame.slice(Short.BYTES + length, frame.size() - Short.BYTES - length);
        Optional<Frame> plain = PlainHeader.read(direction, header, body);
        return plain.isPresent() ? plain.get() : closely(direction, header, body);
    }

    /** Reads whatever a header may be, and tells what is wrong with it. */
    static Frame closely(Direction direction, byte[] header, Bytes body) throws MalformedFrameException {
        String text = text(header);
        try {
            return read(direction, text, body);
        } catch (IOException e) {
            throw JsonFault.of(e);
        }
    }

    private static Frame read(Direction direction, String header, Bytes body)
            throws IOException, MalformedFrameException {
        HeaderSource start = new HeaderSource("header", header, Body.NOTHING);
        start.beginObject("a JSON object");
        Set<String> seen = new TreeSet<>();
        String name;
        if (start.hasNext() && start.name().equals(TYPE)) {
            seen.add(TYPE);
            name = TYPE_NAME.read(start);
        } else {
            name = find(header);
            start = new HeaderSource("header", header, Body.NOTHING);
            start.beginObject("a JSON object");
        }
        Optional<FrameType> type = FrameType.named(direction, name);
        if (type.isEmpty()) {
            return UnknownFrames.read(direction, name, start, seen);
        }
        Shape<? extends Frame> shape = type.get().shape();
        HeaderSource in = new HeaderSource(start, name, Body.cut(name, shape.form(), body));
        return read(shape, in, seen);
    }

    private static Frame read(Shape<? extends Frame> shape, HeaderSource in, Set<String> seen)
            throws IOException, MalformedFrameException {
        Values values = shape.fill(in, seen, null);
        in.end();
        return shape.make(values, in);
    }

    /** Looks for the type where it is not the first field. */
    private static String find(String header) throws IOException, MalformedFrameException {
        HeaderSource in = new HeaderSource("header", header, Body.NOTHING);
        in.beginObject("a JSON object");
        while (in.hasNext()) {
            if (in.name().equals(TYPE)) {
                return TYPE_NAME.read(in);
            }
            in.skip();
        }
        throw in.missing(TYPE);
    }

    private static String text(byte[] bytes) throws MalformedFrameException {
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.charAt(0) != '\uFEFF') {
                return text;
            }
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException("header", "bytes that are no UTF-8", "one JSON object in UTF-8");
        }
        throw new MalformedFrameException("header", "a byte order mark", "one JSON object in UTF-8 without one");
    }

    /** Nearly all headers are ASCII, which needs no decoder. */
    private static boolean isAscii(byte[] bytes) {
        for (byte one : bytes) {
            if (one < 0) {
                return false;
            }
        }
        return true;
    }
}

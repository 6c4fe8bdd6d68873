package dev.pychat.wire;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into frames, whatever chunks they arrive in. A length is checked before it is believed, and
 * memory is taken for what has arrived, not for what was announced: at most twice the bytes received of one frame.
 *
 * <p>Confined to one thread at a time. After a {@link MalformedFrameException} it has lost the frame boundaries and is of no
 * further use.
 *
 * @param <F> the half of the frames that it reads
 */
public final class FrameDecoder<F extends Frame> {

    private static final int AT_FIRST = 8 * 1024;
    private static final byte[] NOTHING = {};

    private final Direction direction;
    private final Class<F> half;
    private int maxHeader;
    private int maxFrame;
    private int lengthBytes;
    private int length;
    private byte[] frame = NOTHING;
    private int filled;

    private FrameDecoder(Direction direction, Class<F> half, int maxFrame, int maxHeader) {
        this.direction = direction;
        this.half = half;
        this.maxFrame = maxFrame;
        this.maxHeader = maxHeader;
    }

    /**
     * A decoder of what clients send.
     *
     * @param maxFrame the most bytes of a frame, at most {@link WireLimits#MAX_FRAME}
     * @param maxHeader the most bytes of a header
     * @return a new decoder
     */
    public static FrameDecoder<ClientFrame> ofClientFrames(int maxFrame, int maxHeader) {
        return new FrameDecoder<>(Direction.TO_SERVER, ClientFrame.class, maxFrame, maxHeader);
    }

    /**
     * A decoder of what a server sends.
     *
     * @param maxFrame the most bytes of a frame, at most {@link WireLimits#MAX_FRAME}
     * @param maxHeader the most bytes of a header
     * @return a new decoder
     */
    public static FrameDecoder<ServerFrame> ofServerFrames(int maxFrame, int maxHeader) {
        return new FrameDecoder<>(Direction.TO_CLIENT, ServerFrame.class, maxFrame, maxHeader);
    }

    /**
     * Changes the limit for the frames that begin after this call, as after a log-in.
     *
     * @param bytes the most bytes of a frame
     */
    public void maxFrame(int bytes) {
        maxFrame = bytes;
    }

    /**
     * Changes the limit for the headers of the frames that end after this call.
     *
     * @param bytes the most bytes of a header
     */
    public void maxHeader(int bytes) {
        maxHeader = bytes;
    }

    /**
     * Whether a frame has been begun and not finished.
     *
     * @return true if at least one byte of it is there
     */
    public boolean isInsideFrame() {
        return lengthBytes > 0;
    }

    /**
     * Takes bytes up to the end of one frame.
     *
     * @param chunk received bytes; its position moves over what was taken
     * @return the frame that is now complete; empty if all of the chunk was taken without completing one
     * @throws MalformedFrameException if it is no frame
     */
    public Optional<F> decode(ByteBuffer chunk) throws MalformedFrameException {
        while (lengthBytes < Integer.BYTES) {
            if (!chunk.hasRemaining()) {
                return Optional.empty();
            }
            length = length << Byte.SIZE | Byte.toUnsignedInt(chunk.get());
            lengthBytes++;
            if (lengthBytes == Integer.BYTES) {
                checkLength();
            }
        }
        fill(chunk);
        return filled < length ? Optional.empty() : Optional.of(half.cast(complete()));
    }

    private void checkLength() throws MalformedFrameException {
        if (length < Short.BYTES || length > maxFrame) {
            throw new MalformedFrameException(
                    "frame length", Integer.toUnsignedString(length), Short.BYTES + " to " + maxFrame);
        }
    }

    private void fill(ByteBuffer chunk) {
        int wanted = Math.min(length - filled, chunk.remaining());
        if (filled + wanted > frame.length) {
            int grown = Math.max(Math.max(2 * frame.length, AT_FIRST), filled + wanted);
            frame = Arrays.copyOf(frame, Math.min(length, grown));
        }
        chunk.get(frame, filled, wanted);
        filled += wanted;
    }

    private Frame complete() throws MalformedFrameException {
        Bytes whole = Bytes.adopt(frame);
        frame = NOTHING;
        filled = 0;
        lengthBytes = 0;
        length = 0;
        return FrameCodec.decode(direction, whole, maxHeader);
    }
}

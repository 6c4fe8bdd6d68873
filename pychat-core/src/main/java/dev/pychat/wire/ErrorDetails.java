package dev.pychat.wire;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Duration;

/**
 * What some error codes tell beside their text. Each field stands in the header of {@link Failure} itself, and is absent
 * where it has its zero value.
 *
 * <p>Immutable and thread-safe.
 *
 * @param serial with {@link ErrorCode#SERIAL_CONFLICT}: the serial of the stored bundle, 0 for none
 * @param version with {@link ErrorCode#VAULT_CONFLICT}: the version of the stored vault, 0 for none
 * @param last with {@link ErrorCode#OUT_OF_SEQUENCE}: the last stored id of the lane, {@link MessageId#NONE} for none
 * @param lastPosition with {@link ErrorCode#OUT_OF_SEQUENCE}: where it is, {@link Position#NONE} for none
 * @param position with {@link ErrorCode#CONFLICT}: where the other message is
 * @param head with {@link ErrorCode#READ_FIRST}: the highest position of the conversation
 * @param retryAfter with {@link ErrorCode#BUSY}: how long to wait, to the millisecond, at most a day
 */
public record ErrorDetails(
        long serial,
        long version,
        MessageId last,
        Position lastPosition,
        Position position,
        Position head,
        Duration retryAfter) {

    /** Nothing beside the text. */
    public static final ErrorDetails NONE =
            new ErrorDetails(0, 0, MessageId.NONE, Position.NONE, Position.NONE, Position.NONE, Duration.ZERO);

    /**
     * For {@link ErrorCode#SERIAL_CONFLICT}.
     *
     * @param serial the serial of the stored bundle, 0 for none
     * @return the details
     */
    public static ErrorDetails ofSerial(long serial) {
        return new ErrorDetails(
                serial, NONE.version, NONE.last, NONE.lastPosition, NONE.position, NONE.head, NONE.retryAfter);
    }

    /**
     * For {@link ErrorCode#VAULT_CONFLICT}.
     *
     * @param version the version of the stored vault, 0 for none
     * @return the details
     */
    public static ErrorDetails ofVersion(long version) {
        return new ErrorDetails(
                NONE.serial, version, NONE.last, NONE.lastPosition, NONE.position, NONE.head, NONE.retryAfter);
    }

    /**
     * For {@link ErrorCode#OUT_OF_SEQUENCE}.
     *
     * @param last the last stored id of the lane, {@link MessageId#NONE} for none
     * @param at where it is, {@link Position#NONE} for none
     * @return the details
     */
    public static ErrorDetails ofLast(MessageId last, Position at) {
        return new ErrorDetails(NONE.serial, NONE.version, last, at, NONE.position, NONE.head, NONE.retryAfter);
    }

    /**
     * For {@link ErrorCode#CONFLICT}.
     *
     * @param position where the other message is
     * @return the details
     */
    public static ErrorDetails ofPosition(Position position) {
        return new ErrorDetails(
                NONE.serial, NONE.version, NONE.last, NONE.lastPosition, position, NONE.head, NONE.retryAfter);
    }

    /**
     * For {@link ErrorCode#READ_FIRST}.
     *
     * @param head the highest position of the conversation
     * @return the details
     */
    public static ErrorDetails ofHead(Position head) {
        return new ErrorDetails(
                NONE.serial, NONE.version, NONE.last, NONE.lastPosition, NONE.position, head, NONE.retryAfter);
    }

    /**
     * For {@link ErrorCode#BUSY}.
     *
     * @param retryAfter how long to wait, at most a day
     * @return the details
     */
    public static ErrorDetails ofRetryAfter(Duration retryAfter) {
        return new ErrorDetails(
                NONE.serial, NONE.version, NONE.last, NONE.lastPosition, NONE.position, NONE.head, retryAfter);
    }
}

package dev.pychat.wire;

import dev.pychat.model.DeviceId;

/**
 * Ends the resume tokens of a device of the own account and empties its pool of one-time keys, for a device that was removed. Answered by
 * {@link Ok}, also where there is nothing to end, or {@link ErrorCode#BAD_CREDENTIALS}. A connection that the device has stays.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param secret the login secret derived from the passphrase: a resume token does not do
 * @param device which device of the account; not all zero
 */
public record EndDevice(long id, Credential secret, DeviceId device) implements ClientFrame.Request {

    static final Shape<EndDevice> SHAPE = Shape.of(EndDevice.class)
            .with(Fields.ID, EndDevice::id)
            .with(Fields.SECRET, EndDevice::secret)
            .with(Fields.DEVICE, EndDevice::device)
            .make(v -> new EndDevice(v.get(Fields.ID), v.get(Fields.SECRET), v.get(Fields.DEVICE)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.endDevice(this);
    }
}

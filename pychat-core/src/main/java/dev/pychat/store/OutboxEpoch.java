package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;

/**
 * An epoch header that an entry of the outbox names, kept to be put to the server again.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name its name
 * @param header its bytes, public
 */
public record OutboxEpoch(EpochName name, Bytes header) {}

package dev.pychat.client;

import dev.pychat.model.EpochName;
import java.time.Instant;

/**
 * A run of messages for whose key the peer's device has asked, and which waits for the person ({@link Conversation#asked}).
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the name of its epoch header
 * @param made when it was begun, as the header says
 */
public record AskedEpoch(EpochName name, Instant made) {}

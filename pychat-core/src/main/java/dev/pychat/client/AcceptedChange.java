package dev.pychat.client;

import dev.pychat.key.Fingerprint;
import dev.pychat.model.Position;
import java.time.Instant;

/**
 * Where in a conversation the peer's identity changed, and when a person accepted that.
 *
 * <p>Immutable and thread-safe.
 *
 * @param from the first position that the new identity counts for; a message may not be there yet
 * @param accepted when it was accepted, by the accepting device's clock
 * @param before the identity before
 * @param after the identity from there on
 */
public record AcceptedChange(Position from, Instant accepted, Fingerprint before, Fingerprint after) {}

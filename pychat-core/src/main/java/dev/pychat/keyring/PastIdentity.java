package dev.pychat.keyring;

import dev.pychat.crypto.open.Ed25519PublicKey;
import java.time.Instant;

/**
 * An identity that the account had before. Its public half stays known, so that old history still verifies as ours.
 *
 * <p>Immutable and thread-safe.
 *
 * @param key the public half
 * @param retired when another identity took its place
 */
public record PastIdentity(Ed25519PublicKey key, Instant retired) {}

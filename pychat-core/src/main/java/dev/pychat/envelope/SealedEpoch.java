package dev.pychat.envelope;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;

/**
 * An epoch that has just been begun: what goes to the server before its first message, and what the device keeps to open
 * its own messages.
 *
 * <p>Immutable but for the opened epoch, which the caller closes.
 *
 * @param name its name, the SHA-256 of the header
 * @param header the header's bytes, at most 32 KiB
 * @param reason why it was begun
 * @param opened the same epoch, opened: reading back what one sent costs no private-key operation
 */
public record SealedEpoch(EpochName name, Bytes header, EpochReason reason, OpenedEpoch opened) {}

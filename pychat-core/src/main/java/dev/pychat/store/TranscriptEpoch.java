package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;

/**
 * An epoch that this device has opened.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name its name
 * @param sealed its header and secret, sealed under the device key
 */
public record TranscriptEpoch(EpochName name, Bytes sealed) {}

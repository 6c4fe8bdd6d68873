package dev.pychat.keyring;

import dev.pychat.key.KeyId;
import dev.pychat.model.EpochName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * That an epoch has used a one-time key of this device. It outlives the key, so that a second use is noticed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param key the key's id
 * @param epoch the epoch
 * @param stored when the epoch's secret was stored, to the millisecond
 */
public record OneTimeUse(KeyId key, EpochName epoch, Instant stored) {

    /**
     * Cuts the moment to milliseconds.
     *
     * @param key the key's id
     * @param epoch the epoch
     * @param stored when the epoch's secret was stored
     */
    public OneTimeUse {
        stored = stored.truncatedTo(ChronoUnit.MILLIS);
    }
}

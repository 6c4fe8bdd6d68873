package dev.pychat.client;

import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.SelfWrapKey;
import dev.pychat.model.PychatException;
import dev.pychat.store.StoreException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a device wraps its own epochs to, so that it can open them again (ENVELOPE.md, section 5.3): while the account keeps, its last-resort
 * key; while it forgets, a key for this epoch alone, which is erased in time. Thread-safe.
 */
final class SelfWraps {

    private final OwnKeys keys;
    private final SecureRandom random;

    SelfWraps(OwnKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** Begins an epoch; a key that was made for it is on this device's disk when this returns, and the epoch is not. */
    SealedEpoch begin(EpochOffer offer, Instant now, Function<EpochOffer, SealedEpoch> beginning)
            throws StoreException {
        Keyring present = keys.keyring();
        if (offer.suite().equals(Suite.RSA) || !SelfWrapKey.isDue(present)) {
            return beginning.apply(offer);
        }
        try (SelfWrapKey key = SelfWrapKey.make(present, offer.identity(), now, random)) {
            List<OneTimeKey> all = Stream.concat(offer.oneTime().stream(), Stream.of(key.offered()))
                    .toList();
            SealedEpoch begun = beginning.apply(offer.with(all));
            keys.change(before -> key.usedBy(begun.name(), before, now));
            return begun;
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            throw new IllegalStateException("only the store can stand in the way of keeping a key", e);
        }
    }
}

package dev.pychat.envelope;

import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.Forgetting;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.OneTimeUse;
import dev.pychat.model.EpochName;
import java.util.Optional;

/** The private keys that a device holds, past ones too. Called on the thread that opens. */
@FunctionalInterface
public interface WrappingKeys {

    /**
     * All keys of a keyring: its wrapping keys, its own ML-KEM keys and those that other devices of the account put into its vault.
     * What was wrapped to several of them is opened with the first that fits.
     *
     * @param keyring the keyring, which stays open as long as this is used
     * @return all of them, and what the keyring knows of the use of its own
     */
    static WrappingKeys of(Keyring keyring) {
        return new WrappingKeys() {
            @Override
            public Optional<RsaPrivateKey> byId(KeyId id) {
                return keyring.wrappingKey(id);
            }

            @Override
            public Optional<MlKemPrivateKey> kemById(KeyId id) {
                return keyring.kemKeys()
                        .byId(id)
                        .map(KemKey::open)
                        .or(() -> keyring.vaultedKemKeys().byId(id));
            }

            @Override
            public Optional<EpochName> usedBy(KeyId id) {
                return keyring.kemKeys().useOf(id).map(OneTimeUse::epoch);
            }

            @Override
            public long listedSince() {
                return Forgetting.listedSince(keyring);
            }
        };
    }

    /**
     * Finds a key.
     *
     * @param id its id
     * @return the key; empty if this device does not hold it
     */
    Optional<RsaPrivateKey> byId(KeyId id);

    /**
     * Finds an ML-KEM key of this device, last-resort or one-time.
     *
     * @param id its id
     * @return a key that the caller closes; empty if this device does not hold it, or no longer
     */
    default Optional<MlKemPrivateKey> kemById(KeyId id) {
        return Optional.empty();
    }

    /**
     * Which epoch has used a one-time key of this device; known also when the key has been erased.
     *
     * @param id the key's id
     * @return the epoch's name; empty if none has, or the key is none of this device's one-time keys
     */
    default Optional<EpochName> usedBy(KeyId id) {
        return Optional.empty();
    }

    /**
     * From which bundle of our side on this device can be listed, where it joined an account that forgets or once did.
     *
     * @return the serial of the first; 0 if it opens what was wrapped for others before it, too
     */
    default long listedSince() {
        return 0;
    }
}

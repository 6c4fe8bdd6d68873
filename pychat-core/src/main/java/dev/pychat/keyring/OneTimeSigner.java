package dev.pychat.keyring;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.key.OneTimeKey;
import java.util.List;

/** Signs the one-time keys of a keyring for the pool (ENVELOPE.md, section 5.1). Stateless; thread-safe. */
public final class OneTimeSigner {

    private OneTimeSigner() {}

    /**
     * The unused one-time keys from a number on, signed for the pool. The same bytes each time, so an upload can be repeated.
     *
     * @param keyring the keyring that holds them
     * @param firstNumber the lowest number
     * @return them, in the order of their numbers
     */
    public static List<OneTimeKey> sign(Keyring keyring, long firstNumber) {
        OneTimeKey.Owner owner = new OneTimeKey.Owner(
                keyring.realm(), keyring.username(), keyring.identity().publicKey());
        return keyring.kemKeys().all().stream()
                .filter(key -> !key.isLastResort() && key.number() >= firstNumber)
                .filter(key -> keyring.kemKeys().useOf(key.id()).isEmpty())
                .map(key -> sign(keyring, owner, key))
                .toList();
    }

    private static OneTimeKey sign(Keyring keyring, OneTimeKey.Owner owner, KemKey key) {
        try (MlKemPrivateKey open = key.open()) {
            return OneTimeKey.sign(
                    owner,
                    keyring.device(),
                    key.number(),
                    open.publicKey(),
                    unsigned -> keyring.identity().sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
        }
    }
}

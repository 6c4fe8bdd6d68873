package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Opens our wrap of an epoch of suite 1 (ENVELOPE.md, section 9.1, from step 10 on).
 *
 * @param keys our private keys
 * @param unwrapper makes the private operations
 * @param random the source of what stands in for a secret that could not be unwrapped
 */
record RsaUnwrapping(WrappingKeys keys, Unwrapper unwrapper, SecureRandom random) {

    OpenedEpoch open(Bytes header, EpochHeader fields, Ed25519PublicKey sender, Role role) throws FoundException {
        for (Wrap wrap : fields.wraps().all()) {
            KeyId id = new KeyId(wrap.keyId());
            Optional<RsaPrivateKey> key = wrap.role() == role ? keys.byId(id) : Optional.empty();
            if (key.isPresent()) {
                return new OpenedEpoch(header, fields, sender, unwrap(fields, sender, wrap, key.get()), id);
            }
        }
        throw EpochUnsealing.unknownKey(fields, role, keys);
    }

    private SecretBytes unwrap(EpochHeader fields, Ed25519PublicKey sender, Wrap wrap, RsaPrivateKey key)
            throws FoundException {
        Bytes ct = fields.wraps().ciphertext(wrap);
        if (!RsaOaep.isCiphertextOf(key.publicKey(), ct)) {
            throw EpochUnsealing.unopened();
        }
        Bytes publicKeyHash = KeyId.of(key.publicKey()).value();
        EpochSecret.Seat seat = new EpochSecret.Seat(wrap.role(), wrap.keyId(), publicKeyHash);
        Bytes fingerprint = ConversationContext.fingerprint(sender);
        try (SecretBytes shared = unwrapper.unwrap(key, ct, EpochSecret.SIZE, random);
                SecretBytes kek = EpochSecret.kek(shared, fields, fingerprint, seat, ct)) {
            return EpochUnsealing.unseal(fields, kek, wrap.sealed());
        }
    }
}

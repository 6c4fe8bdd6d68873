package dev.pychat.envelope;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.Unwrapper;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Opens our wrap of an epoch of suite 2 (ENVELOPE.md, section 9.1, from step 10 on).
 *
 * @param keys our private keys
 * @param unwrapper makes the private operations
 * @param random the source of what stands in for a secret that could not be unwrapped
 */
record HybridUnwrapping(WrappingKeys keys, Unwrapper unwrapper, SecureRandom random) {

    OpenedEpoch open(Bytes header, EpochHeader fields, Ed25519PublicKey sender, Role role) throws FoundException {
        List<Wrap> ours = fields.wraps().all().stream()
                .filter(wrap -> wrap.role() == role)
                .toList();
        requireUnused(ours, EpochHeader.name(header));
        for (Wrap wrap : ours) {
            KeyId id = new KeyId(wrap.keyId());
            Optional<RsaPrivateKey> rsa = keys.byId(fields.wraps().rsaPart(wrap).key());
            Optional<MlKemPrivateKey> kem = rsa.isPresent() ? keys.kemById(id) : Optional.empty();
            if (kem.isPresent()) {
                try (MlKemPrivateKey open = kem.get()) {
                    SecretBytes secret = unwrap(fields, sender, wrap, new Pair(rsa.get(), open));
                    return new OpenedEpoch(header, fields, sender, secret, id);
                }
            }
        }
        throw EpochUnsealing.unknownKey(fields, role, keys);
    }

    private void requireUnused(List<Wrap> ours, EpochName name) throws FoundException {
        for (Wrap wrap : ours) {
            Optional<EpochName> user = keys.usedBy(new KeyId(wrap.keyId()));
            if (user.isPresent() && !user.get().equals(name)) {
                throw new FoundException(FindingCode.ONE_TIME_REUSED, reused(user.get()));
            }
        }
    }

    static String reused(EpochName user) {
        return "this epoch is wrapped to a one-time key that epoch " + user + " has used";
    }

    private SecretBytes unwrap(EpochHeader fields, Ed25519PublicKey sender, Wrap wrap, Pair pair)
            throws FoundException {
        RsaPart rsa = fields.wraps().rsaPart(wrap);
        if (!RsaOaep.isCiphertextOf(pair.rsa.publicKey(), rsa.ct())) {
            throw EpochUnsealing.unopened();
        }
        Bytes kemCt = Wraps.kemPart(wrap);
        Bytes publicKeys = EpochSecret.hashOfBoth(pair.rsa.publicKey(), pair.kem.publicKey());
        EpochSecret.Seat seat = new EpochSecret.Seat(wrap.role(), wrap.keyId(), publicKeys);
        Bytes fingerprint = ConversationContext.fingerprint(sender);
        Bytes both = Bytes.concat(rsa.ct(), kemCt);
        try (SecretBytes ofRsa = unwrapper.unwrap(pair.rsa, rsa.ct(), EpochSecret.SIZE, random);
                SecretBytes ofKem = unwrapper.decapsulate(pair.kem, kemCt);
                SecretBytes secrets = EpochSecret.both(ofRsa, ofKem);
                SecretBytes kek = EpochSecret.kek(secrets, fields, fingerprint, seat, both)) {
            return EpochUnsealing.unseal(fields, kek, wrap.sealed());
        }
    }

    private record Pair(RsaPrivateKey rsa, MlKemPrivateKey kem) {}
}

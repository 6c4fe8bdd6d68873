package dev.pychat.envelope;

import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.security.SecureRandom;
import java.util.List;

/**
 * Makes the wraps of suite 1 (ENVELOPE.md, section 6). It draws for the recipient and then for ourselves the wrapped secret and
 * the padding's seed.
 */
final class RsaWraps {

    private final EpochHeader bare;
    private final Bytes senderFingerprint;
    private final SecureRandom random;

    RsaWraps(EpochHeader bare, Bytes senderFingerprint, SecureRandom random) {
        this.bare = bare;
        this.senderFingerprint = senderFingerprint;
        this.random = random;
    }

    Wraps of(EpochOffer offer, SecretBytes secret) {
        Sealing theirs = wrap(Role.RECIPIENT, 0, offer.peer().wrappingKey(), secret);
        Sealing ours = wrap(Role.SELF, 1, offer.own().wrappingKey(), secret);
        return new Wraps(List.of(theirs.ct, ours.ct), List.of(theirs.wrap, ours.wrap));
    }

    private Sealing wrap(Role role, int index, RsaPublicKey key, SecretBytes secret) {
        Bytes keyId = KeyId.of(key).value();
        try (SecretBytes shared = SecretBytes.random(random, EpochSecret.SIZE)) {
            Bytes ct = shared.reveal(raw -> RsaOaep.wrap(key, raw, random));
            EpochSecret.Seat seat = new EpochSecret.Seat(role, keyId, keyId);
            try (SecretBytes kek = EpochSecret.kek(shared, bare, senderFingerprint, seat, ct)) {
                Bytes sealed = secret.reveal(raw -> AesGcm.seal(kek, EpochSecret.NONCE, Bytes.EMPTY, raw));
                return new Sealing(ct, new Wrap(role, DeviceId.ACCOUNT, keyId, index, Bytes.EMPTY, sealed));
            }
        }
    }

    private record Sealing(Bytes ct, Wrap wrap) {}
}

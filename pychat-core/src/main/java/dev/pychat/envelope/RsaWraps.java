package dev.pychat.envelope;

import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the wraps of suite 1 (ENVELOPE.md, section 6). It draws for the recipient and then for ourselves, for each key, the
 * wrapped secret and the padding's seed.
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
        List<Bytes> shared = new ArrayList<>();
        List<Wrap> wraps = new ArrayList<>();
        for (Role role : List.of(Role.RECIPIENT, Role.SELF)) {
            CheckedBundle bundle = role == Role.RECIPIENT ? offer.peer() : offer.own();
            Sealing first = wrap(role, DeviceId.ACCOUNT, shared.size(), bundle.wrappingKey(), secret);
            shared.add(first.ct);
            wraps.add(first.wrap);
            own(bundle)
                    .forEach(device ->
                            wraps.add(wrap(role, device.device(), Wrap.NOT_SHARED, device.wrapping(), secret).wrap));
        }
        return new Wraps(shared, wraps);
    }

    /** The devices that have a wrapping key of their own, beside the one whose key is the account's, too. */
    private static List<DeviceKeys> own(CheckedBundle bundle) {
        return bundle.devices().stream()
                .filter(device -> !device.wrapping().equals(bundle.wrappingKey()))
                .limit(DeviceKeys.MAX_DEVICES - 1L)
                .toList();
    }

    private Sealing wrap(Role role, DeviceId device, int index, RsaPublicKey key, SecretBytes secret) {
        Bytes keyId = KeyId.of(key).value();
        try (SecretBytes drawn = SecretBytes.random(random, EpochSecret.SIZE)) {
            Bytes ct = drawn.reveal(raw -> RsaOaep.wrap(key, raw, random));
            EpochSecret.Seat seat = new EpochSecret.Seat(role, keyId, keyId);
            try (SecretBytes kek = EpochSecret.kek(drawn, bare, senderFingerprint, seat, ct)) {
                Bytes sealed = secret.reveal(raw -> AesGcm.seal(kek, EpochSecret.NONCE, Bytes.EMPTY, raw));
                Bytes ownCt = index == Wrap.NOT_SHARED ? ct : Bytes.EMPTY;
                return new Sealing(ct, new Wrap(role, device, keyId, index, ownCt, sealed));
            }
        }
    }

    private record Sealing(Bytes ct, Wrap wrap) {}
}

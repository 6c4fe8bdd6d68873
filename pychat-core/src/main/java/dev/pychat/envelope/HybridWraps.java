package dev.pychat.envelope;

import dev.pychat.crypto.open.MlKem;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the wraps of suite 2 (ENVELOPE.md, section 6), one for each device of the recipient and then of ours. For each it draws,
 * if there is no secret for its RSA key yet, that secret and the padding's seed; then what the ML-KEM secret follows from.
 *
 * <p>Confined to one epoch. Closing erases the secrets.
 */
final class HybridWraps implements AutoCloseable {

    private final EpochHeader bare;
    private final Bytes senderFingerprint;
    private final SecureRandom random;
    private final Map<RsaPublicKey, RsaHalf> shared = new LinkedHashMap<>();
    private final List<Wrap> wraps = new ArrayList<>();

    HybridWraps(EpochHeader bare, Bytes senderFingerprint, SecureRandom random) {
        this.bare = bare;
        this.senderFingerprint = senderFingerprint;
        this.random = random;
    }

    Wraps of(EpochOffer offer, SecretBytes secret) {
        add(Role.RECIPIENT, offer.peer(), offer, secret);
        add(Role.SELF, offer.own(), offer, secret);
        return new Wraps(
                shared.values().stream().map(half -> half.part.encode()).toList(), wraps);
    }

    private void add(Role role, CheckedBundle bundle, EpochOffer offer, SecretBytes secret) {
        for (DeviceKeys device : bundle.devices()) {
            RsaHalf known = shared.get(device.wrapping());
            if (known != null) {
                wraps.add(wrap(role, device, offer.kemKey(bundle, device), known, secret));
            } else if (shared.size() < Wraps.MAX_SHARED) {
                RsaHalf first = rsaHalf(device.wrapping(), shared.size());
                shared.put(device.wrapping(), first);
                wraps.add(wrap(role, device, offer.kemKey(bundle, device), first, secret));
            } else {
                try (RsaHalf alone = rsaHalf(device.wrapping(), Wrap.NOT_SHARED)) {
                    wraps.add(wrap(role, device, offer.kemKey(bundle, device), alone, secret));
                }
            }
        }
    }

    private RsaHalf rsaHalf(RsaPublicKey key, int index) {
        SecretBytes drawn = SecretBytes.random(random, EpochSecret.SIZE);
        Bytes ct = drawn.reveal(raw -> RsaOaep.wrap(key, raw, random));
        return new RsaHalf(index, new RsaPart(KeyId.of(key), ct), drawn);
    }

    private Wrap wrap(Role role, DeviceKeys device, MlKemPublicKey key, RsaHalf rsa, SecretBytes secret) {
        byte[] drawn = new byte[MlKem.SECRET_SIZE];
        Bytes kemCt = MlKem.encapsulate(key, drawn, random);
        Bytes keyId = KeyId.of(key).value();
        EpochSecret.Seat seat = new EpochSecret.Seat(role, keyId, EpochSecret.hashOfBoth(device.wrapping(), key));
        Bytes both = Bytes.concat(rsa.part.ct(), kemCt);
        try (SecretBytes kemSecret = SecretBytes.adopt(drawn);
                SecretBytes secrets = EpochSecret.both(rsa.secret, kemSecret);
                SecretBytes kek = EpochSecret.kek(secrets, bare, senderFingerprint, seat, both)) {
            Bytes sealed = secret.reveal(raw -> AesGcm.seal(kek, EpochSecret.NONCE, Bytes.EMPTY, raw));
            Bytes ct = rsa.index == Wrap.NOT_SHARED ? Bytes.concat(rsa.part.encode(), kemCt) : kemCt;
            return new Wrap(role, device.device(), keyId, rsa.index, ct, sealed);
        }
    }

    @Override
    public void close() {
        shared.values().forEach(RsaHalf::close);
    }

    private record RsaHalf(int index, RsaPart part, SecretBytes secret) implements AutoCloseable {
        @Override
        public void close() {
            secret.close();
        }
    }
}

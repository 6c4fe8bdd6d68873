package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.AesGcm;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;

/** What is derived around an epoch secret (ENVELOPE.md, section 6). Stateless. */
final class EpochSecret {

    static final int SIZE = 32;

    /** A KEK seals once, so its one nonce is zero. */
    static final Bytes NONCE = Bytes.adopt(new byte[AesGcm.NONCE_SIZE]);

    private EpochSecret() {}

    static Bytes commitment(SecretBytes epochSecret) {
        try (SecretBytes derived = epochSecret.expand(Label.EPOCH_COMMITMENT.bytes(), SIZE)) {
            return derived.reveal(Bytes::copyOf);
        }
    }

    /** The KEK of one wrap; of the header only what is known before its wraps are made goes in. */
    static SecretBytes kek(SecretBytes shared, EpochHeader header, Bytes senderFingerprint, Seat seat, Bytes ct) {
        try (BinaryWriter info = new BinaryWriter(Label.WRAP_KEK)) {
            info.u16(header.suite())
                    .raw(header.realm().value())
                    .raw(header.conversation().value());
            info.raw(senderFingerprint).raw(header.recipient());
            info.u8(seat.role().code()).raw(seat.keyId()).raw(seat.publicKeyHash());
            info.raw(Sha256.of(ct)).raw(header.nonce());
            return shared.derive(Bytes.EMPTY, info.toBytes(), AesGcm.KEY_SIZE);
        }
    }

    /** The input of a KEK of suite 2: the secret of the RSA key, then that of the ML-KEM key. */
    static SecretBytes both(SecretBytes ofRsa, SecretBytes ofKem) {
        try (BinaryWriter out = new BinaryWriter()) {
            ofRsa.reveal(out::raw);
            ofKem.reveal(out::raw);
            return SecretBytes.adopt(out.toArray());
        }
    }

    /** What stands for the public key in suite 2. */
    static Bytes hashOfBoth(RsaPublicKey rsa, MlKemPublicKey kem) {
        return Sha256.of(rsa.subjectPublicKeyInfo(), kem.subjectPublicKeyInfo());
    }

    /**
     * For whom a wrap is.
     *
     * @param role for which side
     * @param keyId the wrapping key's id
     * @param publicKeyHash the SHA-256 of the public key
     */
    record Seat(Role role, Bytes keyId, Bytes publicKeyHash) {}
}

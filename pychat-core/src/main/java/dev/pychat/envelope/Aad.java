package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;

/** The additional data of a message and what is computed from it (ENVELOPE.md, section 7). Stateless. */
final class Aad {

    private Aad() {}

    static Bytes of(EpochHeader header, Bytes senderFingerprint, EnvelopeParts parts) {
        try (BinaryWriter out = new BinaryWriter(Label.MESSAGE_AAD)) {
            out.u8(EpochHeader.VERSION).u16(header.suite());
            out.raw(header.realm().value()).raw(header.conversation().value());
            out.raw(senderFingerprint).raw(header.recipient());
            out.raw(parts.epoch().value())
                    .u16(parts.n())
                    .raw(parts.lane().value())
                    .u64(parts.number());
            return out.raw(parts.before()).raw(parts.id().value()).toBytes();
        }
    }

    static Bytes messageHash(Bytes aad, EnvelopeParts parts) {
        return Sha256.of(Label.MESSAGE_HASH, aad, parts.hedge(), parts.commitment(), parts.ciphertext());
    }

    /** What the message signature covers after its label. */
    static Bytes signedPart(Bytes aad, Bytes commitment, Bytes contentHash) {
        return Bytes.concat(aad, commitment, contentHash);
    }
}

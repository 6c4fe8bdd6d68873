package dev.pychat.key;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.Optional;

/**
 * The word of an identity that another one takes its place, carried in the bundles of the new one (ENVELOPE.md, section 5). Whoever
 * stole the old key can say it as well, so it is shown to people and never believed by itself.
 *
 * <p>Immutable and thread-safe.
 *
 * @param before the identity that gives way
 * @param time when it said so
 * @param signature its signature, 64 bytes
 */
public record Succession(Ed25519PublicKey before, Instant time, Bytes signature) {

    /** The number under which it stands among the sections of a bundle; no suite. */
    public static final Suite SECTION = new Suite(0xffff);

    /**
     * What the old identity signs, after its label.
     *
     * @param realm the server's realm
     * @param account the account
     * @param next the identity that takes its place
     * @param time when
     * @return the bytes
     */
    public static Bytes statement(Realm realm, Username account, Ed25519PublicKey next, Instant time) {
        try (BinaryWriter out = new BinaryWriter()) {
            return out.raw(realm.value())
                    .username(account)
                    .raw(next.value())
                    .time(time)
                    .toBytes();
        }
    }

    /**
     * The form in which a bundle carries it.
     *
     * @return the section
     */
    public KeySection section() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.raw(before.value()).time(time).raw(signature);
            return new KeySection(SECTION, DeviceId.ACCOUNT, out.toBytes());
        }
    }

    /**
     * Finds the statement in a bundle.
     *
     * @param bundle the bundle, whose own signature was checked
     * @return the statement, if there is one and the identity that it names has signed it for the identity of the bundle
     */
    public static Optional<Succession> in(KeyBundle bundle) {
        return bundle.fields().sections().stream()
                .filter(section ->
                        section.suite().equals(SECTION) && section.device().equals(DeviceId.ACCOUNT))
                .findAny()
                .flatMap(section -> read(section.key()))
                .filter(statement -> statement.isSignedFor(bundle.fields()));
    }

    private boolean isSignedFor(BundleFields fields) {
        Bytes signed = statement(fields.realm(), fields.username(), fields.identity(), time);
        return before.verifies(Label.SUCCESSION, signed, signature);
    }

    private static Optional<Succession> read(Bytes content) {
        BinaryReader in = new BinaryReader("succession", content);
        try {
            Ed25519PublicKey before = Ed25519PublicKey.parse(in.raw("identity", Ed25519PublicKey.SIZE));
            Succession statement =
                    new Succession(before, in.time("time"), in.raw("signature", Ed25519PublicKey.SIGNATURE_SIZE));
            in.end();
            return Optional.of(statement);
        } catch (MalformedException | UnusableKeyException e) {
            return Optional.empty();
        }
    }
}

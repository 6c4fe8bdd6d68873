package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyId;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An epoch whose secret is known: it opens the messages of one lane that name it. Its owner closes it; closing erases the
 * secret.
 *
 * <p>Thread-safe.
 */
public final class OpenedEpoch implements EpochOpening, AutoCloseable {

    private static final int SECRET = 32;

    private final Bytes header;
    private final EpochHeader fields;
    private final Ed25519PublicKey sender;
    private final EpochName name;
    private final SecretBytes secret;
    private final @Nullable KeyId openedWith;
    private final ReentrantLock lock = new ReentrantLock();
    private ChainKey cursor;

    OpenedEpoch(
            Bytes header, EpochHeader fields, Ed25519PublicKey sender, SecretBytes secret, @Nullable KeyId openedWith) {
        this.openedWith = openedWith;
        this.header = header;
        this.fields = fields;
        this.sender = sender;
        this.name = EpochHeader.name(header);
        this.secret = secret;
        this.cursor = ChainKey.first(secret, name);
    }

    /**
     * Its name.
     *
     * @return the SHA-256 of its header
     */
    public EpochName name() {
        return name;
    }

    /**
     * Its header as received.
     *
     * @return the bytes
     */
    public Bytes header() {
        return header;
    }

    /**
     * How its wraps are made.
     *
     * @return the suite
     */
    public Suite suite() {
        return new Suite(fields.suite());
    }

    /**
     * Which key of ours it was opened with, so that a one-time key can be noted as used, and erased.
     *
     * @return the id of a wrapping key, in suite 2 of an ML-KEM key; empty if no private key was needed
     */
    public Optional<KeyId> openedWith() {
        return Optional.ofNullable(openedWith);
    }

    /**
     * The ML-KEM keys that it is wrapped to, on either side, so that a device can note the use of its own ones whichever of them has
     * opened it.
     *
     * @return their ids; none in suite 1
     */
    public Set<KeyId> kemKeys() {
        if (fields.suite() != Suite.HYBRID.code()) {
            return Set.of();
        }
        return fields.wraps().all().stream()
                .map(wrap -> new KeyId(wrap.keyId()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whose messages it holds.
     *
     * @return the lane
     */
    public LaneId lane() {
        return fields.lane();
    }

    /**
     * When it was made.
     *
     * @return the time, by its sender's clock
     */
    public Instant made() {
        return fields.terms().made();
    }

    /**
     * Which bundle its sender had then.
     *
     * @return the serial
     */
    public long senderSerial() {
        return fields.terms().senderSerial();
    }

    /**
     * Whether its sender's account kept its history then.
     *
     * @return the policy, as the sender has signed it
     */
    public HistoryPolicy senderPolicy() {
        return HistoryPolicy.ofSeconds(fields.terms().senderPolicy());
    }

    /**
     * Whether an identity is one of its two parties.
     *
     * @param identity the identity
     * @return true if it has signed the header, or the header was made for it
     */
    public boolean isWith(Ed25519PublicKey identity) {
        return sender.equals(identity) || fields.recipient().equals(ConversationContext.fingerprint(identity));
    }

    /**
     * Its secret, to be given to somebody who may read the epoch's messages.
     *
     * @return a copy, which the caller closes
     */
    public SecretBytes secret() {
        return secret.copy();
    }

    /**
     * Everything that a device needs to open the epoch's messages again without a private key: to be kept sealed only.
     *
     * @return header and secret
     */
    public SecretBytes export() {
        return secret.reveal(raw -> {
            try (BinaryWriter out = new BinaryWriter()) {
                return SecretBytes.adopt(out.bytes32(header).raw(raw).toArray());
            }
        });
    }

    /**
     * Takes an epoch back from what {@link #export()} gave. Nothing is verified but the commitment: the bytes come from the
     * device's own sealed store.
     *
     * @param exported the exported bytes, which stay the caller's to close
     * @return the opened epoch
     * @throws MalformedException if they are not an exported epoch
     */
    public static OpenedEpoch restore(SecretBytes exported) throws MalformedException {
        return exported.reveal(raw -> {
            BinaryReader in = new BinaryReader("opened epoch", Bytes.adopt(raw));
            Bytes header =
                    Bytes.copyOf(in.bytes32("header", EpochHeader.MAX_SIZE).toArray());
            SecretBytes secret = SecretBytes.adopt(in.raw("secret", SECRET).toArray());
            try {
                in.end();
                return restored(header, secret);
            } catch (MalformedException e) {
                secret.close();
                throw e;
            }
        });
    }

    private static OpenedEpoch restored(Bytes header, SecretBytes secret) throws MalformedException {
        EpochHeader fields = EpochHeader.parse(header);
        if (!EpochSecret.commitment(secret).equals(fields.commitment())) {
            throw new MalformedException("opened epoch", "another secret than its header commits to");
        }
        try {
            return new OpenedEpoch(header, fields, Ed25519PublicKey.parse(fields.senderKey()), secret, null);
        } catch (UnusableKeyException e) {
            throw new MalformedException("opened epoch", "no usable sender's key");
        }
    }

    EpochHeader fields() {
        return fields;
    }

    Ed25519PublicKey sender() {
        return sender;
    }

    /** The key of message {@code n}; messages in order cost one step each. */
    SecretBytes messageKey(int n) {
        lock.lock();
        try {
            if (cursor.n() > n) {
                replaceCursor(ChainKey.first(secret, name));
            }
            while (cursor.n() < n) {
                replaceCursor(cursor.next());
            }
            return cursor.messageKey();
        } finally {
            lock.unlock();
        }
    }

    private void replaceCursor(ChainKey next) {
        cursor.close();
        cursor = next;
    }

    /** Erases the secret. */
    @Override
    public void close() {
        lock.lock();
        try {
            secret.close();
            cursor.close();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "OpenedEpoch[" + name + "]";
    }
}

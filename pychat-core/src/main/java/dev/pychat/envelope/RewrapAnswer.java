package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Control content that gives the peer the secrets of epochs it has asked for (ENVELOPE.md, section 7.1). The message around it
 * wraps them to the keys in the peer's present bundle. Whoever takes one holds each secret against what the epoch's header commits to.
 *
 * <p>Closing erases the secrets. Confined to one thread.
 */
public final class RewrapAnswer implements AutoCloseable {

    /** The content type. */
    public static final int TYPE = RewrapRequest.TYPE + 1;

    private final Map<EpochName, SecretBytes> secrets;

    private RewrapAnswer(Map<EpochName, SecretBytes> secrets) {
        this.secrets = secrets;
    }

    /**
     * The content that gives epochs.
     *
     * @param epochs 1 to {@value RewrapRequest#MOST}, each once; they stay the caller's
     * @return the content
     * @throws IllegalArgumentException if there are none or too many
     */
    public static Content content(List<OpenedEpoch> epochs) {
        if (epochs.isEmpty() || epochs.size() > RewrapRequest.MOST) {
            throw new IllegalArgumentException(
                    "an answer with " + epochs.size() + " epochs, allowed are 1 to " + RewrapRequest.MOST);
        }
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(epochs.size());
            for (OpenedEpoch epoch : epochs) {
                out.raw(epoch.name().value());
                try (SecretBytes secret = epoch.secret()) {
                    secret.reveal(out::raw);
                }
            }
            return new Content(TYPE, out.toBytes());
        }
    }

    /**
     * Reads one.
     *
     * @param content what a message says
     * @return the answer, which the caller closes; empty if the content is of another type, or not of this form
     */
    public static Optional<RewrapAnswer> of(Content content) {
        if (content.type() != TYPE) {
            return Optional.empty();
        }
        RewrapAnswer answer = new RewrapAnswer(new LinkedHashMap<>());
        try {
            BinaryReader in = new BinaryReader("rewrap answer", content.body());
            int count = in.u8("count of epochs", 1, RewrapRequest.MOST);
            for (int i = 0; i < count; i++) {
                EpochName epoch = new EpochName(in.raw("epoch", EpochName.SIZE));
                Bytes secret = in.raw("secret", EpochSecret.SIZE);
                if (answer.secrets.containsKey(epoch)) {
                    throw in.malformed("an epoch twice");
                }
                answer.secrets.put(epoch, SecretBytes.adopt(secret.toArray()));
            }
            in.end();
            return Optional.of(answer);
        } catch (MalformedException notOfThisForm) {
            answer.close();
            return Optional.empty();
        }
    }

    /**
     * The same answer with nothing but zero bytes in the place of the secrets, so that it says which epochs were given and opens none.
     *
     * @return the content
     */
    public Content withoutSecrets() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(secrets.size());
            secrets.keySet().forEach(epoch -> out.raw(epoch.value()).raw(new byte[EpochSecret.SIZE]));
            return new Content(TYPE, out.toBytes());
        }
    }

    /**
     * Which epochs it gives.
     *
     * @return their names
     */
    public Set<EpochName> epochs() {
        return Set.copyOf(secrets.keySet());
    }

    /**
     * One of the secrets.
     *
     * @param epoch whose
     * @return a copy, which the caller closes; empty if it is not given
     */
    public Optional<SecretBytes> secret(EpochName epoch) {
        return Optional.ofNullable(secrets.get(epoch)).map(SecretBytes::copy);
    }

    @Override
    public void close() {
        secrets.values().forEach(SecretBytes::close);
    }
}

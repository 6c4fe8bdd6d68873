package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Control content with which a device asks the peer for epochs that do not open for it (ENVELOPE.md, section 7.1).
 *
 * <p>Immutable and thread-safe.
 *
 * @param epochs which, 1 to {@value #MOST}, each once
 */
public record RewrapRequest(List<EpochName> epochs) {

    /** The content type. */
    public static final int TYPE = Content.FIRST_OWN;

    /** The most epochs of one request. */
    public static final int MOST = 16;

    /**
     * Copies the list.
     *
     * @param epochs which, 1 to {@value #MOST}, each once
     * @throws IllegalArgumentException if there are none or too many, or one twice
     */
    public RewrapRequest {
        epochs = List.copyOf(epochs);
        if (epochs.isEmpty()
                || epochs.size() > MOST
                || epochs.stream().distinct().count() != epochs.size()) {
            throw new IllegalArgumentException(
                    "a request for " + epochs.size() + " epochs, allowed are 1 to " + MOST + ", each once");
        }
    }

    /**
     * The form in which it is sealed.
     *
     * @return the content
     */
    public Content content() {
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(epochs.size());
            epochs.forEach(epoch -> out.raw(epoch.value()));
            return new Content(TYPE, out.toBytes());
        }
    }

    /**
     * Reads one.
     *
     * @param content what a message says
     * @return the request; empty if the content is of another type, or not of this form
     */
    public static Optional<RewrapRequest> of(Content content) {
        if (content.type() != TYPE) {
            return Optional.empty();
        }
        try {
            BinaryReader in = new BinaryReader("rewrap request", content.body());
            int count = in.u8("count of epochs", 1, MOST);
            List<EpochName> epochs = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                epochs.add(new EpochName(in.raw("epoch", EpochName.SIZE)));
            }
            in.end();
            return Optional.of(new RewrapRequest(epochs));
        } catch (MalformedException | IllegalArgumentException notOfThisForm) {
            return Optional.empty();
        }
    }
}

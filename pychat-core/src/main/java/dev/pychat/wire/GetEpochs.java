package dev.pychat.wire;

import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import java.util.List;

/**
 * Asks for epoch headers of a conversation by name. Answered by {@link Epochs} with those that the server holds.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param with the other side of the conversation
 * @param epochs 1 to 16 names
 */
public record GetEpochs(long id, Username with, List<EpochName> epochs) implements ClientFrame.Request {

    static final Shape<GetEpochs> SHAPE = Shape.of(GetEpochs.class)
            .with(Fields.ID, GetEpochs::id)
            .with(Fields.WITH, GetEpochs::with)
            .with(Fields.WANTED, GetEpochs::epochs)
            .make(v -> new GetEpochs(v.get(Fields.ID), v.get(Fields.WITH), v.get(Fields.WANTED)));

    /**
     * Copies the list.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param with the other side of the conversation
     * @param epochs 1 to 16 names
     */
    public GetEpochs {
        epochs = List.copyOf(epochs);
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.getEpochs(this);
    }
}

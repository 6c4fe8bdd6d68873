package dev.pychat.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Answers {@link GetEpochs} with those headers that the server holds; one that is missing is not there.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param epochs names (in the header) and headers (the parts of the body, in the same order), at most 16
 */
public record Epochs(long re, List<EpochHeader> epochs) implements ServerFrame.Reply {

    static final Shape<Epochs> SHAPE = Shape.of(Epochs.class)
            .with(Fields.RE, Epochs::re)
            .with(
                    Fields.FOUND,
                    frame -> frame.epochs.stream().map(EpochHeader::name).toList())
            .parts(frame -> frame.epochs.stream().map(EpochHeader::header).toList())
            .make(v -> {
                var names = v.get(Fields.FOUND);
                v.parts(names.size());
                List<EpochHeader> found = new ArrayList<>(names.size());
                for (int i = 0; i < names.size(); i++) {
                    found.add(new EpochHeader(names.get(i), v.part(i)));
                }
                return new Epochs(v.get(Fields.RE), found);
            });

    /**
     * Copies the list.
     *
     * @param re the {@code id} of the request that this answers
     * @param epochs names (in the header) and headers (the parts of the body, in the same order), at most 16
     */
    public Epochs {
        epochs = List.copyOf(epochs);
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.epochs(this);
    }
}

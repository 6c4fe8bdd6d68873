package dev.pychat.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.EpochHeader;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks a server for epoch headers, as many at a time as a frame may name. Stateless. */
final class EpochHeaders {

    private EpochHeaders() {}

    /** Adds, on the queue, what the server has of these; completes when all that was asked is answered. */
    static CompletableFuture<Void> fetch(
            Link link, Username peer, Collection<EpochName> names, Map<EpochName, Bytes> headers, SerialQueue queue) {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        List<EpochName> missing = List.copyOf(names);
        for (int from = 0; from < missing.size(); from += WireLimits.MAX_EPOCHS) {
            List<EpochName> some = missing.subList(from, Math.min(missing.size(), from + WireLimits.MAX_EPOCHS));
            asked.add(link.ask(Epochs.class, id -> new GetEpochs(id, peer, some))
                    .thenAcceptAsync(
                            answer -> {
                                for (EpochHeader header : answer.epochs()) {
                                    headers.put(header.name(), header.header());
                                }
                            },
                            queue));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new));
    }
}

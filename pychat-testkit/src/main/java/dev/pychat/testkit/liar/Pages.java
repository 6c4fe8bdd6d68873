package dev.pychat.testkit.liar;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.wire.EpochHeader;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.Message;
import dev.pychat.wire.Page;
import dev.pychat.wire.Since;
import dev.pychat.wire.WireLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Frames about one told history. Immutable. */
final class Pages {

    private static final int MAX_BYTES = 256 * 1024;

    private final Username peer;
    private final List<Shown> told;

    Pages(Username peer, List<Shown> told) {
        this.peer = peer;
        this.told = told;
    }

    int size() {
        return told.size();
    }

    /** The next messages after a position; a push if {@code re} is 0. */
    Message after(long re, int after, int limit) {
        int to = after;
        int bytes = 0;
        while (to < told.size() && to - after < limit && (to == after || bytes < MAX_BYTES)) {
            bytes += told.get(to).item().envelope().value().size();
            to++;
        }
        return page(re, after, to, to < told.size());
    }

    Message answer(Since asked) {
        int from = (int) Math.min(asked.after().value(), told.size());
        return after(asked.id(), from, Math.min(asked.limit(), WireLimits.MAX_PAGE));
    }

    Message answer(Page asked) {
        long before = asked.before().isMessage() ? asked.before().value() - 1 : told.size();
        int to = (int) Math.min(before, told.size());
        int from = to;
        int bytes = 0;
        int limit = Math.min(asked.limit(), WireLimits.MAX_PAGE);
        while (from > 0 && to - from < limit && bytes < MAX_BYTES) {
            from--;
            bytes += told.get(from).item().envelope().value().size();
        }
        return page(asked.id(), from, to, from > 0);
    }

    Epochs answer(GetEpochs asked) {
        List<EpochHeader> found = headers(told).stream()
                .filter(header -> asked.epochs().contains(header.name()))
                .toList();
        return new Epochs(asked.id(), found);
    }

    private Message page(long re, int from, int to, boolean more) {
        List<Shown> some = told.subList(from, to);
        Position first = some.isEmpty() ? Position.NONE : new Position(from + 1L);
        return new Message(re, peer, first, some.stream().map(Shown::item).toList(), headers(some), more);
    }

    private static List<EpochHeader> headers(List<Shown> some) {
        Map<EpochName, Bytes> headers = new LinkedHashMap<>();
        for (Shown shown : some) {
            if (!shown.header().isEmpty()) {
                headers.put(shown.item().epoch(), shown.header());
            }
        }
        return headers.entrySet().stream()
                .map(entry -> new EpochHeader(entry.getKey(), entry.getValue()))
                .toList();
    }
}

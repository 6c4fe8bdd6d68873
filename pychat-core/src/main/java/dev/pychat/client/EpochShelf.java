package dev.pychat.client;

import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEpoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The epochs of one conversation that are open, so that each costs one private-key operation in its life, and what was found
 * about those that do not open. Confined to the chat's queue.
 */
final class EpochShelf implements AutoCloseable {

    private static final int MAX_OPEN = 32;
    private static final int MAX_FAILED = 1_000;

    private final Account account;
    private final Username peer;
    private final LinkedHashMap<EpochName, OpenedEpoch> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<EpochName, Finding> failed = new HashMap<>();
    private final Map<EpochName, OpenedEpoch> unsaved = new LinkedHashMap<>();

    EpochShelf(Account account, Username peer) {
        this.account = account;
        this.peer = peer;
    }

    /** An epoch of our own that was begun now. */
    void begun(OpenedEpoch epoch) {
        put(epoch);
        unsaved.put(epoch.name(), epoch);
    }

    /** Whether the epoch can be judged without its header. */
    boolean knows(EpochName name) throws StoreException {
        return failed.containsKey(name) || find(name).isPresent();
    }

    /** The epoch of a message, or why it does not open. */
    EpochOpening open(StoredMessage message, EpochName name, Optional<Bytes> header, EpochOpener opener)
            throws StoreException {
        Optional<OpenedEpoch> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        Finding before = failed.get(name);
        if (before != null) {
            return before.about(message);
        }
        if (header.isEmpty()) {
            return EpochOpener.headerMissing(message);
        }
        EpochOpening opening = opener.open(message, header.get());
        if (opening instanceof OpenedEpoch opened) {
            begun(opened);
        } else if (opening instanceof Finding finding
                && finding.code() != FindingCode.UNKNOWN_EPOCH
                && failed.size() < MAX_FAILED) {
            failed.put(name, finding);
        }
        return opening;
    }

    private Optional<OpenedEpoch> find(EpochName name) throws StoreException {
        OpenedEpoch here = open.get(name);
        if (here != null) {
            return Optional.of(here);
        }
        Optional<Bytes> stored = account.transcripts().epoch(peer, name);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        OpenedEpoch restored = account.records().epoch(peer, name, stored.get());
        put(restored);
        return Optional.of(restored);
    }

    private void put(OpenedEpoch epoch) {
        open.put(epoch.name(), epoch);
        Iterator<OpenedEpoch> eldest = open.values().iterator();
        while (open.size() > MAX_OPEN && eldest.hasNext()) {
            OpenedEpoch candidate = eldest.next();
            if (!unsaved.containsKey(candidate.name()) && !candidate.name().equals(epoch.name())) {
                eldest.remove();
                candidate.close();
            }
        }
    }

    /** What the next transcript step has to keep: epochs that its messages name and that no step has kept. */
    List<TranscriptEpoch> toSave(List<EpochName> named) {
        List<TranscriptEpoch> saved = new ArrayList<>();
        for (EpochName name : named) {
            OpenedEpoch epoch = unsaved.get(name);
            if (epoch != null && saved.stream().noneMatch(each -> each.name().equals(name))) {
                saved.add(new TranscriptEpoch(name, account.records().seal(peer, epoch)));
            }
        }
        return saved;
    }

    void saved(List<TranscriptEpoch> epochs) {
        epochs.forEach(epoch -> unsaved.remove(epoch.name()));
    }

    /** Pins or keys have changed, so what failed may open now. */
    void reconsider() {
        failed.clear();
    }

    @Override
    public void close() {
        open.values().forEach(OpenedEpoch::close);
        open.clear();
        unsaved.clear();
    }
}

package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryTranscriptStore implements TranscriptStore {

    private final Map<Username, MemoryTranscript> transcripts = new TreeMap<>();

    synchronized MemoryTranscriptStore copy() {
        MemoryTranscriptStore copy = new MemoryTranscriptStore();
        transcripts.forEach((peer, transcript) -> copy.transcripts.put(peer, transcript.copy()));
        return copy;
    }

    @Override
    public synchronized List<Username> peers() {
        return List.copyOf(transcripts.keySet());
    }

    @Override
    public synchronized TranscriptSpan span(Username peer) {
        return held(peer).span();
    }

    @Override
    public synchronized List<TranscriptEntry> page(Username peer, Position before, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("a page of " + limit + " entries, allowed are 1 to " + MAX_PAGE);
        }
        return held(peer).page(before, limit);
    }

    @Override
    public synchronized Optional<TranscriptEntry> find(Username peer, MessageId id) {
        return held(peer).find(id);
    }

    @Override
    public synchronized Optional<TranscriptEntry> find(Username peer, EpochName epoch, int n) {
        return held(peer).find(epoch, n);
    }

    @Override
    public synchronized Optional<Bytes> epoch(Username peer, EpochName epoch) {
        return held(peer).epoch(epoch);
    }

    @Override
    public synchronized List<EpochName> epochs(Username peer) {
        return held(peer).epochs();
    }

    @Override
    public synchronized void append(TranscriptStep step) throws StoreRefusedException {
        MemoryTranscript transcript = held(step.peer());
        transcript.append(step);
        transcripts.put(step.peer(), transcript);
    }

    @Override
    public synchronized void replace(TranscriptStep step) throws StoreRefusedException {
        held(step.peer()).replace(step);
    }

    @Override
    public synchronized void forget(TranscriptForgetting step) throws StoreRefusedException {
        held(step.peer()).forget(step);
    }

    private MemoryTranscript held(Username peer) {
        MemoryTranscript held = transcripts.get(peer);
        return held == null ? new MemoryTranscript() : held;
    }
}

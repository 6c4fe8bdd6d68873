package dev.pychat.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochInspector;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.MessageOpener;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.Taken;
import dev.pychat.envelope.Transcript;
import dev.pychat.envelope.View;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.KemKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Opens and judges some consecutive messages and keeps all that follows from them in one step of the store. Used once, on the
 * chat's queue.
 */
final class HistoryStep {

    private final Account account;
    private final Username peer;
    private final ConversationContext context;
    private final EpochShelf epochs;
    private final HistoryIndex index;
    private final List<TranscriptEntry> entries = new ArrayList<>();
    private final List<EpochName> named = new ArrayList<>();
    private final Map<EpochName, StoredMessage> judged = new LinkedHashMap<>();
    private final List<HistoryRecord> records = new ArrayList<>();
    private final Instant now;
    private Transcript transcript;

    HistoryStep(
            Account account,
            Username peer,
            ConversationContext context,
            EpochShelf epochs,
            Transcript before,
            Instant now) {
        this.now = now;
        this.account = account;
        this.peer = peer;
        this.context = context;
        this.epochs = epochs;
        this.index = new HistoryIndex(account.transcripts(), peer);
        this.transcript = before;
    }

    /** Takes the messages; what was not kept when this fails has left no trace. Returns the transcript with them. */
    Transcript take(List<StoredMessage> messages, Map<EpochName, Bytes> headers) throws StoreException {
        EpochOpener epochOpener = account.opener(context);
        MessageOpener opener = new MessageOpener(context);
        try {
            for (StoredMessage message : messages) {
                take(message, open(message, headers, epochOpener, opener));
            }
        } catch (HistoryIndex.StoreFailedException e) {
            throw e.reason();
        }
        List<TranscriptEpoch> opened = epochs.toSave(named);
        account.transcripts()
                .append(new TranscriptStep(
                        peer, entries, opened, account.records().seal(peer, transcript)));
        noteLastResort();
        epochs.saved(opened);
        return transcript;
    }

    /**
     * Takes messages again that did not open in their turn. Those that the same stands in the way of as before are left as they
     * are; what was made of the others is in {@link #records}, and their messages are the answer's keys.
     */
    Again takeAgain(Map<StoredMessage, HistoryReopening.Closed> messages, Map<EpochName, Bytes> headers)
            throws StoreException {
        EpochOpener epochOpener = account.opener(context);
        MessageOpener opener = new MessageOpener(context);
        List<StoredMessage> changed = new ArrayList<>();
        try {
            for (Map.Entry<StoredMessage, HistoryReopening.Closed> each : messages.entrySet()) {
                if (account.oldness().isOld(each.getValue().record())) {
                    continue;
                }
                MessageOpening opening = open(each.getKey(), headers, epochOpener, opener);
                if (!(opening instanceof Finding finding
                        && each.getValue().record().has(finding.code()))) {
                    takeAgain(each.getKey(), each.getValue(), opening);
                    changed.add(each.getKey());
                }
            }
        } catch (HistoryIndex.StoreFailedException e) {
            throw e.reason();
        }
        if (!changed.isEmpty()) {
            List<TranscriptEpoch> opened = epochs.toSave(named);
            account.transcripts()
                    .replace(new TranscriptStep(
                            peer, entries, opened, account.records().seal(peer, transcript)));
            noteLastResort();
            epochs.saved(opened);
        }
        return new Again(transcript, changed);
    }

    /** What became of messages that were taken again. */
    record Again(Transcript after, List<StoredMessage> changed) {}

    /** What was kept of the messages, in their order. */
    List<HistoryRecord> records() {
        return records;
    }

    private MessageOpening open(
            StoredMessage message, Map<EpochName, Bytes> headers, EpochOpener epochOpener, MessageOpener opener)
            throws StoreException {
        Optional<EpochName> name = EpochOpener.epochOf(message.envelope());
        if (name.isEmpty()) {
            return (Finding) epochOpener.open(message, Bytes.EMPTY);
        }
        named.add(name.get());
        Optional<Bytes> header = Optional.ofNullable(headers.get(name.get()));
        EpochOpening epoch = epochs.open(message, name.get(), header, epochOpener, new EpochInspector(context));
        return epoch instanceof OpenedEpoch opened ? opener.open(message, opened) : (Finding) epoch;
    }

    private void take(StoredMessage message, MessageOpening opening) {
        Taken taken = transcript.take(message, opening, index);
        keep(message, taken, viewHash(message, taken), now);
    }

    private void takeAgain(StoredMessage message, HistoryReopening.Closed closed, MessageOpening opening) {
        Taken taken = transcript.takeAgain(message, opening, index);
        keep(message, taken, closed.entry().viewHash(), closed.record().taken());
    }

    private void keep(StoredMessage message, Taken taken, Bytes viewHash, Instant since) {
        index.add(message, taken);
        transcript = taken.after();
        Optional<OpenedMessage> shown = taken.shown();
        Instant claimed = shown.map(OpenedMessage::time).orElse(message.time());
        HistoryRecord record = new HistoryRecord(
                message.sender(),
                message.quiet(),
                message.time(),
                claimed,
                shown.map(OpenedMessage::content),
                findings(message, taken),
                since);
        records.add(record);
        entries.add(new TranscriptEntry(
                message.position(),
                message.id(),
                shown.map(OpenedMessage::epoch).orElse(EpochName.NONE),
                shown.map(opened -> opened.head().n()).orElse(-1),
                Sha256.of(message.envelope().value()),
                viewHash,
                account.records().seal(peer, message.position(), kept(record))));
    }

    /** No secret is kept in what was given: who gave it has it elsewhere, for as long as it may, and may forget later what it keeps now. */
    private HistoryRecord kept(HistoryRecord record) {
        return record.sender().equals(account.user()) ? record.withoutSecrets() : record;
    }

    /** What of the peer's epochs came on a last-resort key of this device, each once: they are news until they are saved. */
    private void noteLastResort() {
        Set<KeyId> lastResort = account.keyring().kemKeys().all().stream()
                .filter(KemKey::isLastResort)
                .map(KemKey::id)
                .collect(Collectors.toSet());
        judged.forEach((name, message) -> epochs.news(name)
                .filter(epoch -> epoch.kemKeys().stream().anyMatch(lastResort::contains))
                .filter(epoch -> !isBusy(message))
                .ifPresent(epoch -> account.serverWord().lastResortUsed(message, epoch)));
    }

    private boolean isBusy(StoredMessage message) {
        try {
            return BusySender.is(account, peer, message);
        } catch (StoreException e) {
            // Nobody is accused for what this device can't look up.
            return true;
        }
    }

    private List<Finding> findings(StoredMessage message, Taken taken) {
        List<Finding> findings = new ArrayList<>(taken.findings());
        // It is what a new device of an account that forgets is promised, and nobody's fault.
        findings.removeIf(finding -> finding.code() == FindingCode.BEFORE_DEVICE);
        if (message.sender().equals(peer)) {
            taken.shown()
                    .map(OpenedMessage::epoch)
                    .filter(epoch -> judged.putIfAbsent(epoch, message) == null)
                    .flatMap(epochs::news)
                    .flatMap(epoch -> account.serverWord().judge(message, epoch))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Bytes viewHash(StoredMessage message, Taken taken) {
        return taken.views().stream()
                .filter(view -> view.position().equals(message.position()))
                .map(View::hash)
                .findFirst()
                .orElse(Bytes.EMPTY);
    }
}

package dev.pychat.client;

import dev.pychat.audit.AbsentMessage;
import dev.pychat.audit.EvidenceScope;
import dev.pychat.audit.EvidenceWriter;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.wire.WireLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers what proves a conversation. A device keeps what it has opened and of the rest only hashes, so the envelopes come from the
 * server once more, and count only if they are those that were received. Used once, on a thread that may wait.
 */
final class EvidenceGathering {

    private final Account account;
    private final ClientOptions options;
    private final Engine engine;
    private final Username peer;
    private final Disclosure disclosure;
    private final Set<EpochName> looked = new HashSet<>();
    private final ForgottenEpochs forgotten;
    private long absent;
    private long epochs;
    private long secrets;

    EvidenceGathering(Account account, ClientOptions options, Engine engine, Username peer, Disclosure disclosure) {
        this.account = account;
        this.options = options;
        this.engine = engine;
        this.peer = peer;
        this.disclosure = disclosure;
        // One of its own: the chat's belongs to the chat's queue.
        this.forgotten = new ForgottenEpochs(account, peer);
    }

    EvidenceSummary write(OutputStream out) throws IOException, PychatException, InterruptedException {
        TranscriptSpan span = account.transcripts().span(peer);
        if (!span.to().isMessage()) {
            throw new NoConversationException("nothing was said with " + peer + " yet");
        }
        Position oldest = new Position(Math.max(1, span.to().value() - EvidenceScope.MAX_MESSAGES + 1));
        Position first = span.from().isAfter(oldest) ? span.from() : oldest;
        List<Pin> pin = account.pins().load(peer).pin().stream().toList();
        EvidenceWriter writer = EvidenceWriter.begin(out, scope(first, span.to(), account.context(peer, pin)));
        for (Optional<KeyBundle> bundle : bundles(pin)) {
            if (bundle.isPresent()) {
                writer.bundle(bundle.get().bytes());
            }
        }
        Position from = first;
        while (!from.isAfter(span.to())) {
            long end = Math.min(from.value() + WireLimits.MAX_PAGE, span.to().value() + 1);
            part(writer, from, new Position(end));
            from = new Position(end);
        }
        writer.finish();
        return new EvidenceSummary(first, span.to(), absent, epochs, secrets);
    }

    private EvidenceScope scope(Position first, Position last, ConversationContext context) {
        return new EvidenceScope(
                context.realm(),
                context.self(),
                context.peer(),
                options.clock().instant(),
                first,
                last,
                disclosure == Disclosure.EPOCH_SECRETS,
                context.own().stream().limit(EvidenceScope.MAX_OWN).toList(),
                context.pinned());
    }

    private List<Optional<KeyBundle>> bundles(List<Pin> pin) {
        return List.of(
                account.keys().lastBundle(),
                pin.stream().flatMap(known -> known.here().bundle().stream()).findFirst());
    }

    private void part(EvidenceWriter writer, Position from, Position end)
            throws IOException, PychatException, InterruptedException {
        engine.requireOpen();
        ServedAgain served = ServedAgain.ask(engine.link(), options, account, peer, from, end);
        int count = (int) (end.value() - from.value());
        for (TranscriptEntry entry : account.transcripts().page(peer, end, count)) {
            HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
            Optional<StoredMessage> given = served.message(entry.position());
            Optional<StoredMessage> same = given.filter(message -> isSame(message, entry, record));
            if (same.isPresent()) {
                epoch(writer, same.get(), served, account.oldness().isOld(record));
                writer.message(same.get());
            } else {
                absent++;
                AbsentMessage.Reason reason =
                        given.isPresent() ? AbsentMessage.Reason.ANOTHER_GIVEN : AbsentMessage.Reason.NOT_GIVEN;
                writer.absent(
                        new AbsentMessage(reason, record.sender(), entry.id(), lane(entry), entry.envelopeHash()));
            }
        }
    }

    private static boolean isSame(StoredMessage message, TranscriptEntry entry, HistoryRecord record) {
        return entry.id().equals(message.id())
                && record.sender().equals(message.sender())
                && entry.envelopeHash().equals(Sha256.of(message.envelope().value()));
    }

    /**
     * The epoch that a message names, unless it is in the file already. Without its secret if the message, which is the first of it here, is
     * old, or any of the epoch's was forgotten: whoever has the secret could read that, too.
     */
    private void epoch(EvidenceWriter writer, StoredMessage message, ServedAgain served, boolean old)
            throws IOException, PychatException, InterruptedException {
        Optional<EpochName> named = EpochOpener.epochOf(message.envelope());
        if (named.isEmpty()) {
            return;
        }
        EpochName name = new EpochName(Bytes.copyOf(named.get().value().toArray()));
        if (!looked.add(name)) {
            return;
        }
        Optional<OpenedEpoch> opened = opened(name);
        if (opened.isPresent()) {
            try (OpenedEpoch epoch = opened.get()) {
                write(
                        writer,
                        epoch,
                        old || forgotten.contains(name) || account.oldness().isOld(epoch));
            }
            return;
        }
        Optional<Bytes> header = served.header(name);
        if (header.isPresent()) {
            epochs++;
            writer.epoch(header.get());
        }
    }

    private void write(EvidenceWriter writer, OpenedEpoch epoch, boolean withheld) throws IOException {
        epochs++;
        if (disclosure == Disclosure.NO_SECRETS || withheld) {
            writer.epoch(epoch.header());
            return;
        }
        secrets++;
        try (SecretBytes secret = epoch.secret()) {
            writer.epoch(epoch.header(), secret);
        }
    }

    private LaneId lane(TranscriptEntry entry) throws StoreException {
        Optional<OpenedEpoch> opened = entry.n() < 0 ? Optional.empty() : opened(entry.epoch());
        if (opened.isEmpty()) {
            return LaneId.NONE;
        }
        try (OpenedEpoch epoch = opened.get()) {
            return epoch.lane();
        }
    }

    private Optional<OpenedEpoch> opened(EpochName name) throws StoreException {
        Optional<Bytes> stored = account.transcripts().epoch(peer, name);
        return stored.isEmpty()
                ? Optional.empty()
                : Optional.of(account.records().epoch(peer, name, stored.get()));
    }
}

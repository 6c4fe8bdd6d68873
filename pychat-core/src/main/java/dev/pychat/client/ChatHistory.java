package dev.pychat.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.Seen;
import dev.pychat.envelope.Transcript;
import dev.pychat.envelope.View;
import dev.pychat.key.ConversationIds;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import dev.pychat.wire.WireLimits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a conversation's messages in position order, whichever way they come: pushed, or read to fill a gap. What comes
 * twice is taken once. Confined to the chat's queue; every future it gives completes there.
 */
final class ChatHistory {

    private static final Logger LOG = LoggerFactory.getLogger(ChatHistory.class);

    /** Who is told of messages. */
    interface Reader {
        /** They were stored. */
        void taken(List<StoredMessage> messages, List<HistoryRecord> records);

        /** What lies before a message could not be taken. */
        void stumbled(Link link, Throwable failure);

        /** The server shows what an honest one can't. Each kind of it is told once. */
        void contradicted(String how);
        /** These are held already, and could not be opened before. */
        void takenAgain(List<StoredMessage> messages, List<HistoryRecord> records);
    }

    /** Messages of which nobody knows whether the store holds them. */
    private record Doubtful(List<StoredMessage> messages, List<HistoryRecord> records) {}

    private record Arrival(Link link, Message frame, CompletableFuture<Void> done) {}

    private final Account account;
    private final Username peer;
    private final ConversationId conversation;
    private final PeerKeys keys;
    private final EpochShelf epochs;
    private final SerialQueue queue;
    private final Reader reader;
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>(4);
    private Transcript transcript;
    private @Nullable Doubtful doubtful;
    private boolean working;
    private boolean contradicted;
    private boolean leftOut;
    private @Nullable CompletableFuture<Void> catchingUp;
    private Instant caughtUpAt = Instant.EPOCH;
    private final GivenSecrets givenSecrets;

    ChatHistory(Account account, Username peer, PeerKeys keys, SerialQueue queue, Reader reader) {
        this.account = account;
        this.peer = peer;
        this.conversation = ConversationIds.of(account.realm(), account.user(), peer);
        this.keys = keys;
        this.epochs = new EpochShelf(account, peer);
        this.givenSecrets = new GivenSecrets(account, peer);
        this.queue = queue;
        this.reader = reader;
        this.transcript = Transcript.fromStart(conversation);
    }

    /** Goes on from what the store holds; what turns out to be stored is told now. */
    void load() throws StoreException {
        TranscriptSpan span = account.transcripts().span(peer);
        transcript = span.state().isEmpty()
                ? Transcript.fromStart(conversation)
                : account.records().transcript(peer, span.state());
        Doubtful before = doubtful;
        doubtful = null;
        if (before != null) {
            int stored = (int) before.messages.stream()
                    .filter(message -> !message.position().isAfter(last()))
                    .count();
            tell(before.messages.subList(0, stored), before.records.subList(0, stored));
        }
    }

    private void tell(List<StoredMessage> messages, List<HistoryRecord> records) {
        if (!messages.isEmpty()) {
            reader.taken(messages, records);
        }
    }

    Position last() {
        return transcript.last();
    }

    View view() {
        return transcript.view();
    }

    /** How far one of the two has come, by their own word. */
    Seen seen(Username party) {
        return transcript.seenBy(party);
    }

    /** When everything was read last that the server had; long ago if it never was. */
    Instant caughtUpAt() {
        return caughtUpAt;
    }

    /** The secrets that the peer has given, as far as they are of no more use. */
    GivenSecrets givenSecrets() {
        return givenSecrets;
    }

    EpochShelf epochs() {
        return epochs;
    }

    /** Takes a frame of messages in its turn. Fails if they could not be opened for want of an answer, or not be stored. */
    CompletableFuture<Void> arrive(Link link, Message frame) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        arrivals.add(new Arrival(link, frame, done));
        work();
        return done;
    }

    /** Reads from the server until there is nothing newer. */
    CompletableFuture<Void> catchUp(Link link) {
        if (catchingUp == null) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            catchingUp = done;
            readOn(link, done);
        }
        return catchingUp;
    }

    private void readOn(Link link, CompletableFuture<Void> done) {
        Position after = last();
        queue.then(
                link.ask(Message.class, id -> new Since(id, peer, after, WireLimits.MAX_PAGE)),
                frame -> {
                    if (frame.items().isEmpty() || frame.first().equals(after.next())) {
                        readOn(link, frame, done);
                    } else {
                        leavesOut(after.next(), frame, done);
                    }
                },
                failure -> notCaughtUp(done, failure));
    }

    private void readOn(Link link, Message frame, CompletableFuture<Void> done) {
        if (frame.items().isEmpty()) {
            caughtUp(done);
            return;
        }
        queue.then(
                arrive(link, frame),
                taken -> {
                    if (frame.more()) {
                        readOn(link, done);
                    } else {
                        caughtUp(done);
                    }
                },
                failure -> notCaughtUp(done, failure));
    }

    /** Asking again would bring the same, or go on for ever. */
    private void leavesOut(Position asked, Message frame, CompletableFuture<Void> done) {
        String how = "the server leaves out position " + asked + ": it answers with position " + frame.first();
        if (!leftOut) {
            leftOut = true;
            reader.contradicted(how);
        }
        notCaughtUp(done, new RefusedException("invalid", how));
    }

    private void caughtUp(CompletableFuture<Void> done) {
        caughtUpAt = account.now();
        catchingUp = null;
        done.complete(null);
    }

    private void notCaughtUp(CompletableFuture<Void> done, Throwable failure) {
        catchingUp = null;
        done.completeExceptionally(failure);
    }

    private void work() {
        Arrival next = working ? null : arrivals.poll();
        if (next == null) {
            return;
        }
        working = true;
        queue.then(
                step(next),
                nothing -> {
                    working = false;
                    next.done.complete(null);
                    work();
                },
                failure -> {
                    working = false;
                    next.done.completeExceptionally(failure);
                    work();
                });
    }

    private CompletableFuture<Void> step(Arrival arrival) {
        try {
            if (doubtful != null) {
                load();
            }
            compare(arrival.frame);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        List<StoredMessage> news = ServedMessages.after(last(), conversation, arrival.frame);
        if (news.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!news.get(0).position().equals(last().next())) {
            // Something before it is missing; it comes again with what is read now.
            queue.then(catchUp(arrival.link), read -> {}, failure -> reader.stumbled(arrival.link, failure));
            return CompletableFuture.completedFuture(null);
        }
        Map<EpochName, Bytes> headers = new HashMap<>();
        arrival.frame.headers().forEach(header -> headers.put(header.name(), header.header()));
        return keys.pinned(arrival.link)
                .exceptionally(this::unpinned)
                .thenCompose(pinned -> fetchHeaders(arrival.link, news, headers))
                .thenComposeAsync(fetched -> fetchKeys(arrival.link, headers), queue)
                .thenComposeAsync(known -> unwrap(news, headers), queue)
                .thenRunAsync(() -> take(news, headers), queue);
    }

    /** Opens the epochs that messages are the first to name. Completes on the queue. */
    CompletableFuture<Void> unwrap(Collection<StoredMessage> news, Map<EpochName, Bytes> headers) {
        try {
            EpochOpener opener = account.opener(account.context(peer, keys.pin()));
            return epochs.unwrap(news, headers, opener, queue);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Where there is no usable bundle the messages are taken, and the finding says so; any other failure is none of theirs. */
    private Void unpinned(Throwable failure) {
        PychatException why = Answers.known(failure);
        boolean none = why instanceof KeysRefusedException
                || why instanceof FailureException refusal
                        && (refusal.code() == ErrorCode.NO_BUNDLE || refusal.code() == ErrorCode.UNKNOWN_USER);
        if (!none) {
            throw new CompletionException(why);
        }
        return null;
    }

    /** What comes again has to be what this device holds: a server that was set back has something else there. */
    private void compare(Message frame) throws StoreException {
        Position position = frame.first();
        for (Message.Item item : frame.items()) {
            if (contradicted || position.isAfter(last())) {
                return;
            }
            Bytes hash = Sha256.of(item.envelope().value());
            for (TranscriptEntry held : account.transcripts().page(peer, position.next(), 1)) {
                if (held.position().equals(position)
                        && !(held.id().equals(item.id()) && held.envelopeHash().equals(hash))) {
                    contradicted = true;
                    reader.contradicted("the server shows another message at position " + position + " than this device"
                            + " holds; this device keeps what it has");
                }
            }
            position = position.next();
        }
    }

    /** The messages of a frame. */
    List<StoredMessage> messages(Message frame) {
        return ServedMessages.of(conversation, frame);
    }

    /** Adds the headers that messages name and that are neither known nor among those given. */
    CompletableFuture<Void> fetchHeaders(Link link, Collection<StoredMessage> news, Map<EpochName, Bytes> headers) {
        return EpochHeaders.fetch(link, peer, missing(news, headers), headers, queue);
    }

    /** A key of ours that this device does not know may be in the vault. Without an answer it stays unknown. */
    private CompletableFuture<Void> fetchKeys(Link link, Map<EpochName, Bytes> headers) {
        EpochOpener opener = account.opener(account.context(peer, keys.pin()));
        if (headers.values().stream().noneMatch(opener::lacksKey)) {
            return CompletableFuture.completedFuture(null);
        }
        return account.upkeep().refresh(link).exceptionally(failure -> {
            LOG.debug("the vault could not be asked for a key", failure);
            return null;
        });
    }

    private Set<EpochName> missing(Collection<StoredMessage> news, Map<EpochName, Bytes> headers) {
        Set<EpochName> missing = new LinkedHashSet<>();
        try {
            for (StoredMessage message : news) {
                for (EpochName name :
                        EpochOpener.epochOf(message.envelope()).stream().toList()) {
                    if (!headers.containsKey(name) && !epochs.knows(name)) {
                        missing.add(name);
                    }
                }
            }
        } catch (StoreException e) {
            throw new CompletionException(e);
        }
        return missing;
    }

    private void take(List<StoredMessage> news, Map<EpochName, Bytes> headers) {
        HistoryStep step =
                new HistoryStep(account, peer, account.context(peer, keys.pin()), epochs, transcript, account.now());
        try {
            transcript = step.take(news, headers);
        } catch (OutcomeUnknownException e) {
            doubtful = new Doubtful(news, step.records());
            throw new CompletionException(e);
        } catch (StoreException e) {
            throw new CompletionException(e);
        }
        tell(news, step.records());
    }

    /** Takes messages again that could not be opened. */
    void takeAgain(Map<StoredMessage, HistoryReopening.Closed> messages, Map<EpochName, Bytes> headers)
            throws StoreException {
        if (doubtful != null) {
            load();
        }
        HistoryStep step =
                new HistoryStep(account, peer, account.context(peer, keys.pin()), epochs, transcript, account.now());
        HistoryStep.Again again;
        try {
            again = step.takeAgain(messages, headers);
        } catch (OutcomeUnknownException e) {
            // What the store holds now is read before anything else is taken.
            doubtful = new Doubtful(List.of(), List.of());
            throw e;
        }
        transcript = again.after();
        if (!again.changed().isEmpty()) {
            reader.takenAgain(again.changed(), step.records());
        }
    }
}

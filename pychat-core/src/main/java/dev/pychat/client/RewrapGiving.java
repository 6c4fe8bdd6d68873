package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the peer the secrets of epochs that do not open for them (ENVELOPE.md, section 7.1): of this conversation only, of epochs in
 * which the accepted identity was a party, sealed to their present bundle, and only so many and so recent ones without asking the
 * person, and never of one that is old by the own history policy. Confined to the chat's queue, but for {@link #giveHeld}.
 */
final class RewrapGiving {

    /** How old an epoch may be to be given without asking the person; and a message to be asked for. */
    static final Duration RECENT = Duration.ofDays(7);

    /** How many are given in a day without asking the person. */
    static final int A_DAY = 20;

    private static final Logger LOG = LoggerFactory.getLogger(RewrapGiving.class);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 64;
    private static final int MOST_ENTRIES = 1_024;

    /** A request, and where it stands. */
    private record Asked(Position position, RewrapRequest request) {}

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final PeerKeys keys;
    private final ChatHistory history;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final Promises promises;
    private final Rewraps.Sender sender;
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>(0);
    private final Set<EpochName> held = new LinkedHashSet<>();
    private final ArrayDeque<Instant> given = new ArrayDeque<>(0);
    private @Nullable Link link;
    private boolean working;

    RewrapGiving(
            Account account,
            ClientOptions options,
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            Listeners listeners,
            SerialQueue queue,
            Promises promises,
            Rewraps.Sender sender) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.keys = keys;
        this.history = history;
        this.listeners = listeners;
        this.queue = queue;
        this.promises = promises;
        this.sender = sender;
    }

    void online(Link next) {
        link = next;
        work();
    }

    void offline() {
        link = null;
    }

    /** Messages were taken, for the first time. */
    void taken(List<StoredMessage> messages, List<HistoryRecord> records) {
        Instant oldest = now().minus(RECENT);
        for (int i = 0; i < records.size(); i++) {
            HistoryRecord record = records.get(i);
            Position position = messages.get(i).position();
            if (record.sender().equals(peer) && record.time().isAfter(oldest) && waiting.size() < MOST_WAITING) {
                record.content()
                        .flatMap(RewrapRequest::of)
                        .ifPresent(request -> waiting.add(new Asked(position, request)));
            }
        }
        work();
    }

    private Instant now() {
        return options.clock().instant();
    }

    /** Another device of this account may have answered since, and the peer may have other keys: both are looked for first. */
    private void work() {
        Link here = link;
        if (here == null || waiting.isEmpty() || working) {
            return;
        }
        working = true;
        queue.then(
                ready(here),
                nothing -> {
                    try {
                        answer();
                    } catch (StoreException e) {
                        LOG.debug("{} was not given what they asked for", peer, e);
                    }
                    rest();
                },
                failure -> {
                    LOG.debug("{} was not given what they asked for", peer, failure);
                    rest();
                });
    }

    private CompletableFuture<Void> ready(Link here) {
        return history.catchUp(here).thenComposeAsync(nothing -> keys.fetch(here), queue);
    }

    private void rest() {
        Threads.later(
                PAUSE,
                () -> queue.execute(() -> {
                    working = false;
                    work();
                }));
    }

    private void answer() throws StoreException {
        List<EpochName> names = new ArrayList<>();
        int before = held.size();
        Answers answers = answers();
        int allowance = allowance(answers);
        while (!waiting.isEmpty()) {
            Asked asked = waiting.remove();
            for (EpochName name : asked.request.epochs()) {
                if (answers.isBehind(asked.position, name) || names.contains(name) || !mayHave(name)) {
                    continue;
                }
                if (isRecent(name) && names.size() < allowance) {
                    names.add(name);
                } else if (held.size() < MOST_WAITING) {
                    held.add(name);
                }
            }
        }
        for (Content content : contents(names)) {
            Rewraps.whisper(peer, sender, content);
        }
        if (held.size() > before) {
            listeners.rewrapAsked(peer, held.size());
        }
    }

    /** Whether this device has it and is not to forget it, and the identity that is accepted for the peer was one of its two parties. */
    private boolean mayHave(EpochName name) throws StoreException {
        List<Ed25519PublicKey> theirs = keys.pin().stream().map(Pin::present).toList();
        return keys.maySeal()
                && history.epochs().find(name).stream()
                        .anyMatch(epoch -> !account.oldness().isOld(epoch)
                                && theirs.stream().anyMatch(epoch::isWith));
    }

    private boolean isRecent(EpochName name) throws StoreException {
        Instant oldest = now().minus(RECENT);
        return history.epochs().find(name).stream()
                .anyMatch(epoch -> !epoch.made().isBefore(oldest));
    }

    /** What the other devices of this account, and this one before it was started, have given counts as well. */
    private int allowance(Answers answers) {
        Instant dayAgo = now().minus(DAY);
        given.removeIf(time -> time.isBefore(dayAgo));
        return Math.max(0, A_DAY - Math.max(answers.lately, given.size()));
    }

    /** What this account has answered, by the history; looked up once for all requests that wait, since there may be many. */
    private static final class Answers {

        private final Map<EpochName, Position> latest = new HashMap<>();
        private int lately;

        private void add(Position position, Set<EpochName> names, boolean isLate) {
            names.forEach(name -> latest.putIfAbsent(name, position));
            lately += isLate ? names.size() : 0;
        }

        private boolean isBehind(Position request, EpochName name) {
            return latest.getOrDefault(name, Position.NONE).isAfter(request);
        }
    }

    private Answers answers() throws StoreException {
        Instant dayAgo = now().minus(DAY);
        Position first =
                waiting.stream().map(Asked::position).min(Position::compareTo).orElse(history.last());
        Answers answers = new Answers();
        HistoryWalk.back(account, peer, history.last(), MOST_ENTRIES, (entry, record) -> {
            boolean isLate = record.time().isAfter(dayAgo);
            answers.add(entry.position(), answered(record), isLate);
            return isLate || entry.position().isAfter(first);
        });
        return answers;
    }

    private Set<EpochName> answered(HistoryRecord record) {
        Optional<RewrapAnswer> answer =
                record.sender().equals(account.user()) ? record.content().flatMap(RewrapAnswer::of) : Optional.empty();
        if (answer.isEmpty()) {
            return Set.of();
        }
        try (RewrapAnswer own = answer.get()) {
            return own.epochs();
        }
    }

    /** What gives them. Found again for each message, since only so many epochs are kept open at once. */
    private List<Content> contents(List<EpochName> names) throws StoreException {
        List<Content> contents = new ArrayList<>();
        for (int from = 0; from < names.size(); from += RewrapRequest.MOST) {
            List<OpenedEpoch> some = new ArrayList<>();
            for (EpochName name : names.subList(from, Math.min(names.size(), from + RewrapRequest.MOST))) {
                some.addAll(history.epochs().find(name).stream().toList());
                given.add(now());
            }
            contents.add(RewrapAnswer.content(some));
        }
        return contents;
    }

    /** The person lets the peer have what was not given without asking. Gives how many that were. Any thread may call this. */
    CompletableFuture<Integer> giveHeld() {
        CompletableFuture<Integer> done = promises.make();
        queue.execute(() -> {
            Link here = link;
            if (here == null) {
                done.completeExceptionally(new ServerUnreachableException(
                        "keys can be given only while there is a connection to the server"));
                return;
            }
            queue.then(ready(here), nothing -> giveHeld(done), done::completeExceptionally);
        });
        return done;
    }

    private void giveHeld(CompletableFuture<Integer> done) {
        try {
            List<EpochName> names = new ArrayList<>();
            for (EpochName name : held) {
                if (mayHave(name)) {
                    names.add(name);
                }
            }
            for (Content content : contents(names)) {
                sender.send(content);
            }
            held.clear();
            done.complete(names.size());
        } catch (PychatException e) {
            done.completeExceptionally(e);
        }
    }
}

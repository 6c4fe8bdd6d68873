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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the peer the secrets of epochs that do not open for them (ENVELOPE.md, section 7.1): of this conversation only, of epochs in
 * which the accepted identity was a party, sealed to their present bundle, and only so many and so recent ones without asking the
 * person, and never of one that is old by the own history policy, or of which a message was forgotten by an earlier one. Confined to the chat's queue, but for {@link #held} and {@link #giveHeld}.
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

    /** A request, and where it stands. */
    private record Asked(Position position, RewrapRequest request) {}

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final PeerKeys keys;
    private final ChatHistory history;
    private final RewrapHistory said;
    private final RewrapHistory.Answers answers = new RewrapHistory.Answers();
    private final Listeners listeners;
    private final SerialQueue queue;
    private final Promises promises;
    private final Rewraps.Sender sender;
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>(0);
    private final Map<EpochName, Position> found = new LinkedHashMap<>();
    private final Map<EpochName, Position> held = new LinkedHashMap<>();
    private final ArrayDeque<Instant> given = new ArrayDeque<>(0);
    private @Nullable Link link;
    private boolean searched;
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
        this.said = new RewrapHistory(account, peer, history);
        this.listeners = listeners;
        this.queue = queue;
        this.promises = promises;
        this.sender = sender;
    }

    void online(Link next) {
        link = next;
        work();
    }

    /** What waits for the person, or was not answered before this process began, stands in the history. */
    private void search() throws StoreException {
        if (!searched) {
            found.putAll(said.search(answers, now().minus(DAY), now().minus(RECENT)));
            searched = true;
        }
    }

    void offline() {
        link = null;
    }

    /** Messages were taken, for the first time. How long a request was on its way does not matter: its epochs are as old as that at least. */
    void taken(List<StoredMessage> messages, List<HistoryRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            HistoryRecord record = records.get(i);
            Position position = messages.get(i).position();
            said.note(answers, position, record);
            said.asked(record).ifPresent(request -> add(new Asked(position, request)));
        }
        work();
    }

    /** Who reads a long history finds answers behind most of what was asked in it. */
    private void add(Asked asked) {
        if (waiting.size() == MOST_WAITING) {
            waiting.removeIf(
                    each -> each.request.epochs().stream().allMatch(name -> answers.isBehind(each.position, name)));
        }
        if (waiting.size() < MOST_WAITING) {
            waiting.add(asked);
        }
    }

    private Instant now() {
        return options.clock().instant();
    }

    /** Another device of this account may have answered since, and the peer may have other keys: both are looked for first. */
    private void work() {
        Link here = link;
        if (here == null || working) {
            return;
        }
        try {
            search();
        } catch (StoreException e) {
            LOG.debug("what {} has asked for was not looked for", peer, e);
            return;
        }
        if (waiting.isEmpty() && found.isEmpty()) {
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
        boolean more = holdFound();
        int allowance = allowance();
        while (!waiting.isEmpty()) {
            Asked asked = waiting.remove();
            for (EpochName name : asked.request.epochs()) {
                if (answers.isBehind(asked.position, name) || names.contains(name) || !mayHave(name)) {
                    continue;
                }
                if (isRecent(name) && names.size() < allowance) {
                    names.add(name);
                } else {
                    more |= hold(name, asked.position);
                }
            }
        }
        for (List<EpochName> some : portions(names)) {
            Rewraps.whisper(peer, sender, content(some));
        }
        names.forEach(held::remove);
        if (more && !held.isEmpty()) {
            listeners.rewrapAsked(peer, held.size());
        }
    }

    /** It goes on waiting for the person: what was too much for one day is not given by itself because another has begun. */
    private boolean holdFound() throws StoreException {
        boolean more = false;
        for (Map.Entry<EpochName, Position> each : found.entrySet()) {
            if (!answers.isBehind(each.getValue(), each.getKey()) && mayHave(each.getKey())) {
                more |= hold(each.getKey(), each.getValue());
            }
        }
        found.clear();
        return more;
    }

    /** False if it waits already, or there is no room. */
    private boolean hold(EpochName name, Position request) {
        boolean known = held.containsKey(name);
        if (known || held.size() < MOST_WAITING) {
            held.put(name, request);
        }
        return !known && held.containsKey(name);
    }

    /** Whether this device has it and is not to forget it, and the identity that is accepted for the peer was one of its two parties. */
    private boolean mayHave(EpochName name) throws StoreException {
        List<Ed25519PublicKey> theirs = keys.pin().stream().map(Pin::present).toList();
        return keys.maySeal()
                && !history.epochs().forgotten().contains(name)
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
    private int allowance() {
        Instant dayAgo = now().minus(DAY);
        given.removeIf(time -> time.isBefore(dayAgo));
        return Math.max(0, A_DAY - Math.max(answers.since(dayAgo), given.size()));
    }

    /** What gives some. Found now, since only so many epochs are kept open at once. */
    private Content content(List<EpochName> some) throws StoreException {
        List<OpenedEpoch> epochs = new ArrayList<>();
        for (EpochName name : some) {
            epochs.addAll(history.epochs().find(name).stream().toList());
            given.add(now());
        }
        return RewrapAnswer.content(epochs);
    }

    private static List<List<EpochName>> portions(List<EpochName> names) {
        List<List<EpochName>> portions = new ArrayList<>();
        for (int from = 0; from < names.size(); from += RewrapRequest.MOST) {
            portions.add(names.subList(from, Math.min(names.size(), from + RewrapRequest.MOST)));
        }
        return portions;
    }

    /** What waits for the person. Any thread may call this. */
    CompletableFuture<List<AskedEpoch>> held() {
        return whenReady(this::stillHeld);
    }

    /** The person lets the peer have what was shown and still waits. Gives how many that were. Any thread may call this. */
    CompletableFuture<Integer> giveHeld(Set<EpochName> shown) {
        return whenReady(() -> {
            List<EpochName> names = stillHeld().stream()
                    .map(AskedEpoch::name)
                    .filter(shown::contains)
                    .toList();
            for (List<EpochName> some : portions(names)) {
                sender.send(content(some));
                some.forEach(held::remove);
            }
            return names.size();
        });
    }

    private List<AskedEpoch> stillHeld() throws StoreException {
        search();
        holdFound();
        List<AskedEpoch> asked = new ArrayList<>();
        for (Map.Entry<EpochName, Position> each : List.copyOf(held.entrySet())) {
            EpochName name = each.getKey();
            if (answers.isBehind(each.getValue(), name)) {
                held.remove(name);
            } else if (mayHave(name)) {
                history.epochs().find(name).ifPresent(epoch -> asked.add(new AskedEpoch(name, epoch.made())));
            }
        }
        return asked;
    }

    private interface Step<T> {
        T run() throws PychatException;
    }

    /** What the other devices have answered, and the peer's present keys, are known first. */
    private <T> CompletableFuture<T> whenReady(Step<T> step) {
        CompletableFuture<T> done = promises.make();
        queue.execute(() -> {
            Link here = link;
            if (here == null) {
                done.completeExceptionally(new ServerUnreachableException(
                        "keys can be given only while there is a connection to the server"));
                return;
            }
            queue.then(
                    ready(here),
                    nothing -> {
                        try {
                            done.complete(step.run());
                        } catch (PychatException e) {
                            done.completeExceptionally(e);
                        }
                    },
                    done::completeExceptionally);
        });
        return done;
    }
}

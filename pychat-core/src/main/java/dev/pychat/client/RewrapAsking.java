package dev.pychat.client;

import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the peer for epochs that do not open on this device, and takes what they give (ENVELOPE.md, section 7.1). What was asked and what
 * was given is read from the history itself, so that it outlives a restart. Confined to the chat's queue.
 */
final class RewrapAsking implements HistoryReopening.Choice {

    private static final Logger LOG = LoggerFactory.getLogger(RewrapAsking.class);
    private static final Set<FindingCode> ASKS =
            EnumSet.of(FindingCode.UNKNOWN_KEY, FindingCode.EPOCH_UNOPENED, FindingCode.EPOCH_INCONSISTENT);
    private static final Duration AGAIN = Duration.ofDays(1);
    private static final Duration WHILE = Duration.ofMinutes(1);
    private static final int MOST_PASSES = 8;
    private static final int MOST_EPOCHS = 4 * RewrapRequest.MOST;
    private static final int MOST_EXPECTED = 1_024;
    private static final int MOST_TRIES = 4;

    /** Which epoch a message is of, that was read once more, and how often it was; none if the server did not give it. */
    private record Tried(EpochName epoch, int times) {}

    private static final Tried UNTRIED = new Tried(EpochName.NONE, 0);

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final ChatHistory history;
    private final HistoryReopening reopening;
    private final SerialQueue queue;
    private final Rewraps.Sender sender;
    private final Set<EpochName> asked = new HashSet<>();
    private final Map<EpochName, Instant> expected = new HashMap<>();
    private final Map<Position, Set<EpochName>> answers = new HashMap<>();
    private final Set<EpochName> onTheShelf = new HashSet<>();
    private final Set<Position> recent = new HashSet<>();
    private final Set<Position> closed = new HashSet<>();
    private final NavigableMap<Position, Tried> tried = new TreeMap<>();
    private @Nullable Link link;
    private Instant since = Instant.EPOCH;
    private int passes;
    private boolean wanted = true;
    private boolean looking;
    private boolean waiting;

    RewrapAsking(
            Account account,
            ClientOptions options,
            Username peer,
            ChatHistory history,
            HistoryReopening reopening,
            SerialQueue queue,
            Rewraps.Sender sender) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.history = history;
        this.reopening = reopening;
        this.queue = queue;
        this.sender = sender;
    }

    void online(Link next) {
        link = next;
        look();
    }

    void offline() {
        link = null;
    }

    /** Messages were taken, for the first time. */
    void taken(List<HistoryRecord> records) {
        for (HistoryRecord record : records) {
            wanted |= isClosed(record) && isRecent(record) || isAnswer(record);
        }
        look();
    }

    private boolean isAnswer(HistoryRecord record) {
        return record.sender().equals(peer)
                && record.content()
                        .filter(content -> content.type() == RewrapAnswer.TYPE)
                        .isPresent();
    }

    private boolean isClosed(HistoryRecord record) {
        return ASKS.stream().anyMatch(record::has) && !account.oldness().isOld(record);
    }

    /** What is older is not asked for; it opens if the peer has given the key late. */
    private boolean isRecent(HistoryRecord record) {
        return !record.time().isBefore(now().minus(RewrapGiving.RECENT));
    }

    private Instant now() {
        return options.clock().instant();
    }

    private void look() {
        Link here = link;
        if (here == null || !wanted || looking || waiting || !mayPass()) {
            return;
        }
        wanted = false;
        try {
            if (!find().isEmpty()) {
                pass(here);
            } else {
                noteUseless();
            }
        } catch (StoreException e) {
            wanted = true;
            LOG.debug("what did not open of {} was not looked for", peer, e);
        }
    }

    /** Everything that may open by what was given was tried with it, or there is nothing. */
    private void noteUseless() {
        try {
            for (Map.Entry<Position, Set<EpochName>> each : answers.entrySet()) {
                if (isUseless(each.getValue())) {
                    history.givenSecrets().useless(each.getKey(), history.last());
                }
            }
        } catch (StoreException e) {
            LOG.debug("whether what {} has given was used is looked for later", peer, e);
        }
        answers.clear();
        history.epochs().dropGiven();
    }

    private boolean isUseless(Set<EpochName> names) throws StoreException {
        for (EpochName name : names) {
            if (!onTheShelf.contains(name)
                    && closed.stream().anyMatch(position -> mayNeed(position, name))
                    && history.epochs().find(name).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean mayNeed(Position position, EpochName name) {
        EpochName epoch = tried.getOrDefault(position, UNTRIED).epoch;
        return epoch.equals(EpochName.NONE) || epoch.equals(name);
    }

    /** A peer who sends such messages without end must not make this device go through its history without end. */
    private boolean mayPass() {
        Instant now = now();
        if (!now.isBefore(since.plus(WHILE))) {
            since = now;
            passes = 0;
        }
        if (passes < MOST_PASSES) {
            passes++;
            return true;
        }
        waiting = true;
        Threads.later(
                WHILE,
                () -> queue.execute(() -> {
                    waiting = false;
                    look();
                }));
        return false;
    }

    private void pass(Link here) {
        looking = true;
        queue.then(
                history.catchUp(here).thenComposeAsync(nothing -> reopening.run(here, this), queue),
                nothing -> {
                    looking = false;
                    noteUseless();
                    ask();
                    look();
                },
                failure -> {
                    looking = false;
                    wanted = true;
                    LOG.debug("what did not open of {} was not tried again", peer, failure);
                });
    }

    /**
     * Of what does not open, what may open now, and that of which nobody knows what it needs. Nothing is read from the server without
     * end: it is the peer who says that something was given for it.
     */
    @Override
    public NavigableMap<Position, HistoryReopening.Closed> closed() throws StoreException {
        NavigableMap<Position, HistoryReopening.Closed> mayOpen = find();
        for (Map.Entry<Position, Tried> each : tried.entrySet()) {
            Tried known = each.getValue();
            boolean isToBeTried = known.epoch.equals(EpochName.NONE)
                    || history.epochs().isGiven(known.epoch)
                    || history.epochs().find(known.epoch).isPresent();
            if (!isToBeTried || known.times >= MOST_TRIES) {
                mayOpen.remove(each.getKey());
            }
        }
        return mayOpen;
    }

    /** What does not open for want of a key, and is recent or may be what the peer has given keys for late; these are handed on. */
    private NavigableMap<Position, HistoryReopening.Closed> find() throws StoreException {
        NavigableMap<Position, HistoryReopening.Closed> found = new TreeMap<>();
        asked.clear();
        answers.clear();
        recent.clear();
        onTheShelf.clear();
        history.epochs().dropGiven();
        HistoryWalk.back(account, peer, history.last(), GivenSecrets.TRIED, (entry, record) -> {
            note(found, entry, record);
            return true;
        });
        closed.clear();
        closed.addAll(found.keySet());
        tried.keySet().retainAll(closed);
        if (onTheShelf.isEmpty()) {
            found.keySet().retainAll(recent);
        }
        return found;
    }

    private void note(
            NavigableMap<Position, HistoryReopening.Closed> found, TranscriptEntry entry, HistoryRecord record)
            throws StoreException {
        if (entry.n() < 0 && isClosed(record)) {
            found.put(entry.position(), new HistoryReopening.Closed(entry, record));
            if (isRecent(record)) {
                recent.add(entry.position());
            }
        }
        // One whose secrets were erased says only which they were.
        if (isAnswer(record) && !record.withoutSecrets().equals(record)) {
            give(entry.position(), record.content().flatMap(RewrapAnswer::of));
        }
        if (record.sender().equals(account.user()) && !record.time().isBefore(now().minus(AGAIN))) {
            record.content().flatMap(RewrapRequest::of).ifPresent(request -> asked.addAll(request.epochs()));
        }
    }

    private void give(Position position, Optional<RewrapAnswer> answer) throws StoreException {
        if (answer.isEmpty()) {
            return;
        }
        try (RewrapAnswer given = answer.get()) {
            answers.put(position, given.epochs());
            for (EpochName name : given.epochs()) {
                if (history.epochs().find(name).isEmpty()) {
                    given.secret(name).ifPresent(secret -> history.epochs().give(name, secret));
                    if (history.epochs().isGiven(name)) {
                        onTheShelf.add(name);
                    }
                }
            }
        }
    }

    @Override
    public void tried(StoredMessage message) {
        EpochOpener.epochOf(message.envelope()).ifPresent(epoch -> tried(message.position(), epoch));
    }

    @Override
    public void missing(Position position) {
        tried(position, EpochName.NONE);
    }

    private void tried(Position position, EpochName epoch) {
        tried.merge(
                position,
                new Tried(epoch, 1),
                (before, one) -> new Tried(epoch.equals(EpochName.NONE) ? before.epoch : epoch, before.times + 1));
    }

    private void ask() {
        Instant now = now();
        expected.values().removeIf(time -> time.isBefore(now.minus(AGAIN)));
        try {
            Set<EpochName> names = new LinkedHashSet<>();
            for (Map.Entry<Position, Tried> each : tried.entrySet()) {
                EpochName name = each.getValue().epoch;
                if (!name.equals(EpochName.NONE)
                        && recent.contains(each.getKey())
                        && names.size() < Math.min(MOST_EPOCHS, MOST_EXPECTED - expected.size())
                        && !asked.contains(name)
                        && !expected.containsKey(name)
                        && history.epochs().find(name).isEmpty()) {
                    names.add(name);
                }
            }
            List<EpochName> all = List.copyOf(names);
            for (int from = 0; from < all.size(); from += RewrapRequest.MOST) {
                List<EpochName> some = all.subList(from, Math.min(all.size(), from + RewrapRequest.MOST));
                some.forEach(name -> expected.put(name, now));
                Rewraps.whisper(peer, sender, new RewrapRequest(some).content());
            }
        } catch (StoreException e) {
            LOG.debug("{} was not asked for what did not open", peer, e);
        }
    }
}

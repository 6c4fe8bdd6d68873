package dev.pychat.client;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import dev.pychat.key.Suite;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person decides about a peer's identity. Confined to the chat's queue, but for the methods that say that any thread may
 * call them.
 */
final class PeerTrust {

    private static final Logger LOG = LoggerFactory.getLogger(PeerTrust.class);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final PeerKeys keys;
    private final ChatHistory history;
    private final ChatOutbox outbox;
    private final OutboxSealing sealing;
    private final PeerReopening reopening;
    private final SerialQueue queue;
    private final Promises promises;
    private @Nullable Link link;
    private boolean loaded;
    private @Nullable Pin vaultedEarly;
    private boolean resealsLater;
    private Instant asked = Instant.EPOCH;

    PeerTrust(
            Account account,
            ClientOptions options,
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            ChatOutbox outbox,
            OutboxSealing sealing,
            HistoryReopening reopening,
            SerialQueue queue,
            Promises promises) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.keys = keys;
        this.history = history;
        this.outbox = outbox;
        this.sealing = sealing;
        this.reopening = new PeerReopening(account, peer, keys, history, reopening, queue, promises);
        this.queue = queue;
        this.promises = promises;
    }

    PeerReopening reopening() {
        return reopening;
    }

    void loaded() {
        loaded = true;
        Optional.ofNullable(vaultedEarly).ifPresent(this::takeVaulted);
        vaultedEarly = null;
    }

    void online(Link next) {
        link = next;
        asked = Instant.EPOCH;
        reseal();
        reopening.online(next);
    }

    /** The account's vault says something of the peer, which another device has put there. */
    void takeVaulted(Pin vaulted) {
        if (!loaded) {
            vaultedEarly = vaulted;
            return;
        }
        try {
            keys.takeVaulted(vaulted);
        } catch (StoreException e) {
            LOG.warn("what the vault says of {} could not be stored: {}", peer, e.getMessage());
            return;
        }
        history.epochs().reconsider();
        reseal();
        reopen();
        outbox.keysCame();
    }

    /**
     * What was sealed to an identity that another device has replaced, or by one of this account that was, is sealed anew, if it is not
     * stored already.
     */
    void reseal() {
        Link here = link;
        boolean replaced = keys.pin().stream().anyMatch(pin -> pin.here().reseal());
        if (here == null || !replaced && !sealing.isOfPastIdentity()) {
            return;
        }
        OutboxHalt.Hold hold = outbox.stop();
        queue.then(
                hold.quiet().thenCompose(quiet -> history.catchUp(here)),
                nothing -> {
                    if (hold.holds()) {
                        sealAnew(replaced);
                    }
                    hold.letGo();
                    outbox.keysCame();
                },
                failure -> {
                    LOG.debug("messages to {} were not sealed anew", peer, failure);
                    hold.letGo();
                    resealLater();
                });
    }

    /** Until that is done, nothing more is sent. */
    private void resealLater() {
        if (!resealsLater) {
            resealsLater = true;
            Threads.later(
                    A_WHILE,
                    () -> queue.execute(() -> {
                        resealsLater = false;
                        reseal();
                    }));
        }
    }

    private void sealAnew(boolean replaced) {
        try {
            outbox.unseal(replaced);
            for (Pin now : replaced ? keys.pin() : List.<Pin>of()) {
                keys.save(now.with(now.here().resealed()));
            }
        } catch (StoreException e) {
            LOG.warn("messages to {} could not be sealed anew: {}", peer, e.getMessage());
            resealLater();
        }
    }

    void offline() {
        link = null;
        reopening.offline();
    }

    /** Opens what the identities as they are now may open, if they have changed since it was tried. */
    void reopen() {
        reopening.run();
    }

    /** What was taken has these findings: an identity that nobody has accepted may show itself by its messages first. */
    void found(List<Finding> findings) {
        reopening.found(findings);
        Link here = link;
        Instant now = options.clock().instant();
        boolean unpinned = findings.stream().anyMatch(finding -> finding.code() == FindingCode.UNPINNED_IDENTITY);
        if (here == null || !unpinned || keys.objection().isPresent() || now.isBefore(asked.plus(ASK_AGAIN))) {
            return;
        }
        asked = now;
        queue.then(
                keys.fetch(here),
                nothing -> reopen(),
                failure -> LOG.debug("the keys of {} were not fetched", peer, failure));
    }

    /** What is held of the peer's identity, after the server was asked if that can be done. Any thread may call this. */
    CompletableFuture<PeerIdentity> identity() {
        CompletableFuture<PeerIdentity> answer = promises.make();
        queue.execute(() -> {
            Link here = link;
            if (here == null) {
                answer(
                        answer,
                        new ServerUnreachableException(
                                "there is no connection, and " + peer + " was never talked with on this device"));
                return;
            }
            queue.then(
                    keys.fetch(here),
                    nothing -> {
                        answer(answer, unknown("the server has no keys of " + peer));
                        reopen();
                        outbox.keysCame();
                    },
                    failure -> answer(answer, Answers.known(failure)));
        });
        return answer;
    }

    private void answer(CompletableFuture<PeerIdentity> answer, PychatException otherwise) {
        List<Pin> pin = keys.pin();
        if (pin.isEmpty()) {
            answer.completeExceptionally(otherwise);
            return;
        }
        Pin known = pin.get(0);
        answer.complete(new PeerIdentity(
                Fingerprint.of(known.present()),
                keys.safetyNumber(known.present()),
                known.verified(),
                keys.change(),
                keys.suiteChange()));
    }

    /** Sets the mark, if the number is the one to be compared, or takes it away. Any thread may call this. */
    CompletableFuture<Void> mark(Optional<SafetyNumber> compared) {
        CompletableFuture<Void> done = promises.make();
        queue.execute(() -> {
            try {
                mark(pinned(), compared);
                settle(done);
            } catch (PychatException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private void mark(Pin known, Optional<SafetyNumber> compared) throws PychatException {

        if (compared.isPresent()) {
            refuseWhileChanged();
            if (!compared.get().equals(keys.safetyNumber(known.present()))) {
                throw new SafetyNumberDiffersException("this is not the safety number with " + peer
                        + " as this device knows it; if that is what " + peer
                        + " sees, somebody stands between you");
            }
        }
        keys.save(known.marked(compared.isPresent()));
    }

    private void refuseWhileChanged() throws KeysRefusedException {
        Optional<Objection> changed = keys.change().map(Objection::of);
        if (changed.isPresent()) {
            throw changed.get().refusal();
        }
    }

    private Pin pinned() throws PychatException {
        if (!loaded || keys.pin().isEmpty()) {
            throw unknown("nothing is known yet of the identity of " + peer);
        }
        return keys.pin().get(0);
    }

    /** Accepts the identity that the person saw, and no other. Any thread may call this. */
    CompletableFuture<Void> accept(Fingerprint seen) {
        CompletableFuture<Void> done = promises.make();
        queue.execute(() -> {
            Link here = link;
            if (here == null) {
                done.completeExceptionally(new ServerUnreachableException(
                        "an identity can be accepted only while there is a connection to the server"));
                return;
            }
            // What the server gives now is refused, since it is the identity in question.
            Runnable next = () -> acceptStored(here, seen, done);
            queue.then(keys.fetch(here), nothing -> next.run(), refused -> next.run());
        });
        return done;
    }

    /** What is stored already stays sealed as it is. */
    private void acceptStored(Link here, Fingerprint seen, CompletableFuture<Void> done) {
        OutboxHalt.Hold hold = outbox.stop();
        queue.then(
                hold.quiet().thenCompose(quiet -> history.catchUp(here)),
                nothing -> {
                    Optional<PychatException> refused = hold.holds()
                            ? refusing(seen)
                            : Optional.of(new ServerUnreachableException(
                                    "the connection was lost before the identity was accepted"));
                    hold.letGo();
                    outbox.keysCame();
                    reopen();
                    refused.ifPresentOrElse(done::completeExceptionally, () -> settle(done));
                },
                failure -> {
                    hold.letGo();
                    done.completeExceptionally(failure);
                });
    }

    /** Accepts the weaker suite that the person saw, and no weaker one. Any thread may call this. */
    CompletableFuture<Void> accept(Suite seen) {
        CompletableFuture<Void> done = promises.make();
        queue.execute(() -> {
            Link here = link;
            if (here == null) {
                done.completeExceptionally(new ServerUnreachableException(
                        "a weaker suite can be accepted only while there is a connection to the server"));
                return;
            }
            // What the server gives now is refused, since it is the suite in question.
            Runnable next = () -> {
                accept(seen, done);
                outbox.keysCame();
            };
            queue.then(keys.fetch(here), nothing -> next.run(), refused -> next.run());
        });
        return done;
    }

    private void accept(Suite seen, CompletableFuture<Void> done) {
        try {
            Optional<SuiteChange> change = keys.suiteChange();
            if (change.isEmpty() || change.get().after().compareTo(seen) < 0) {
                throw keys.objection()
                        .map(Objection::refusal)
                        .orElseThrow(() -> new RefusedException(
                                "no_change", "the keys of " + peer + " offer no less than before"));
            }
            keys.acceptSuite();
            reopen();
            settle(done);
        } catch (PychatException e) {
            done.completeExceptionally(e);
        }
    }

    /** Accepts it, or says why not. */
    private Optional<PychatException> refusing(Fingerprint seen) {
        try {
            CheckedBundle offered = offered(seen);
            // First nothing is sealed to the former identity any more, then the pin changes: a crash between the two
            // loses nothing.
            outbox.unseal(true);
            Position begin = keys.pin().get(0).identities().get(0).from();
            keys.accept(offered, ChangePlace.find(account, peer, begin, history.last()));
            return Optional.empty();
        } catch (PychatException e) {
            return Optional.of(e);
        }
    }

    /** The person's decision is kept here: the answer waits until the vault holds it, and what it opens was opened, but not for ever. */
    @SuppressWarnings("FutureReturnValueIgnored") // it completes the answer
    private void settle(CompletableFuture<Void> done) {
        Duration atMost = options.requestTimeout().dividedBy(2);
        CompletableFuture.allOf(
                        account.upkeep().decided("what you have decided about " + peer, atMost),
                        reopening.tried().completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS))
                .whenComplete((all, failure) -> done.complete(null));
    }

    private CheckedBundle offered(Fingerprint seen) throws PychatException {
        Optional<CheckedBundle> offered =
                keys.offered().filter(given -> Fingerprint.of(given.identity()).equals(seen));
        if (offered.isEmpty()) {
            throw new IdentityChangedException("The identity that you have seen is not what the server gives for "
                    + peer + " now: look again, and accept nothing that you have not seen");
        }
        try {
            offered.get().bundle().checkTime(options.clock().instant());
        } catch (BundleException e) {
            throw Objection.of(peer, e).refusal();
        }
        return offered.get();
    }

    private static RefusedException unknown(String what) {
        return new RefusedException("no_bundle", what);
    }
}

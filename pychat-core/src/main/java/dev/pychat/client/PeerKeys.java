package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.envelope.Sealer;
import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.SafetyNumber;
import dev.pychat.key.Suite;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.GetBundle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peer's keys: the pin, and the bundle fetched last. A first contact pins; what contradicts the pin
 * stops sending until a person has accepted it. Confined to the chat's queue, but for
 * {@link #objection} and {@link #changes}.
 */
final class PeerKeys {

    private final Account account;
    private final ClientOptions options;
    private final Listeners listeners;
    private final Username peer;
    private final SerialQueue queue;
    private final OneTimeSupply supply;
    private volatile List<Pin> pin = List.of();
    private long pinVersion;
    private @Nullable CheckedBundle bundle;
    private @Nullable CheckedBundle offered;
    private @Nullable CheckedBundle weaker;
    private Instant fetched = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> fetching;
    private boolean doubtful;
    private Optional<OwnWord> word = Optional.empty();
    private @Nullable CompletableFuture<Void> listening;
    private boolean heard;
    private volatile Optional<Objection> objection = Optional.empty();

    PeerKeys(Account account, ClientOptions options, Listeners listeners, Username peer, SerialQueue queue) {
        this.account = account;
        this.options = options;
        this.listeners = listeners;
        this.peer = peer;
        this.queue = queue;
        this.supply = new OneTimeSupply(account, listeners, queue, this::hasRenewed);
    }

    void load() throws StoreException {
        PinShelf.Kept kept = account.pins().load(peer);
        pin = kept.pin().stream().toList();
        heard = heard || account.transcripts().span(peer).to().isMessage();
        pinVersion = kept.version();
        doubtful = false;
        objection = change().map(Objection::of);
    }

    /** The pin as a list of none or one. One that does not know whom this account has sealed to does not count. */
    List<Pin> pin() {
        return wanted().isEmpty() ? pin : List.of();
    }

    private Optional<Fingerprint> wanted() {
        return word.flatMap(said -> said.wanted(pin.stream().findFirst()));
    }

    /** The accepted changes of identity, the latest first. */
    List<AcceptedChange> changes() {
        return pin.stream().flatMap(known -> known.changes().stream()).toList();
    }

    /** Why nothing may be sent until a person has decided, or the server given other keys. */
    Optional<Objection> objection() {
        return objection;
    }

    /** Whether messages may be sealed and sent: nothing is in the way, and what is sealed is sealed to the present identity. */
    boolean maySeal() {
        return objection.isEmpty()
                && pin.stream().noneMatch(known -> known.here().reseal());
    }

    /** The change of identity that waits for a decision. */
    Optional<IdentityChange> change() {
        return pin.stream()
                .flatMap(known -> known.here().offered().stream().map(other -> change(known, other)))
                .findFirst();
    }

    private IdentityChange change(Pin known, OfferedIdentity other) {
        return new IdentityChange(
                peer,
                Fingerprint.of(known.present()),
                Fingerprint.of(other.key()),
                safetyNumber(other.key()),
                other.announced(),
                known.verified());
    }

    SafetyNumber safetyNumber(Ed25519PublicKey theirs) {
        Ed25519PublicKey ours = account.keyring().identity().publicKey();
        return SafetyNumber.of(account.realm(), account.user(), ours, peer, theirs);
    }

    /** The bundle, if an epoch may be begun on it. */
    Optional<CheckedBundle> fresh() {
        return fresh(options.clock().instant());
    }

    Optional<CheckedBundle> fresh(Instant now) {
        return Optional.ofNullable(bundle)
                .filter(known -> objection.isEmpty()
                        && Sealer.isFresh(fetched, now)
                        && now.isBefore(known.bundle().fields().notAfter()));
    }

    Instant fetched() {
        return fetched;
    }

    /** Completes on the queue when there is a pin; at once if there is one already. */
    CompletableFuture<Void> pinned(Link link) {
        if (heard) {
            return pin().isEmpty() ? fetch(link) : CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        queue.then(
                listen(link),
                nothing -> queue.then(pinned(link), done::complete, done::completeExceptionally),
                done::completeExceptionally);
        return done;
    }

    /** On a device that has nothing of the conversation yet, what the account itself has signed comes before everything else. */
    private CompletableFuture<Void> listen(Link link) {
        if (heard) {
            return CompletableFuture.completedFuture(null);
        }
        if (listening != null) {
            return listening;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        listening = done;
        CompletableFuture<OwnWord> said = new OwnHeaders(account, peer, queue)
                .read(link)
                .thenCompose(all -> account.upkeep().require(link, all.vault()).thenApply(nothing -> all));
        queue.then(
                said,
                all -> {
                    listening = null;
                    try {
                        hear(all);
                        done.complete(null);
                    } catch (StoreException e) {
                        done.completeExceptionally(e);
                    }
                },
                failure -> {
                    listening = null;
                    done.completeExceptionally(failure);
                });
        return done;
    }

    private void hear(OwnWord said) throws StoreException {
        word = Optional.of(said);
        Optional<Pin> before = pin.stream().findFirst();
        Optional<Pin> next = said.wanted(before)
                .flatMap(said::key)
                .map(key -> said.pin(before, key, options.clock().instant()));
        for (Pin known : next.or(() -> before).stream().toList()) {
            save(said.raising(known));
        }
        heard = true;
    }

    /**
     * Asks the server for the peer's bundle. Completes on the queue; exceptionally if the server could not be asked, has
     * none, or gave one that is not taken.
     */
    CompletableFuture<Void> fetch(Link link) {
        if (fetching != null) {
            return fetching;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        fetching = done;
        queue.then(
                listen(link).thenCompose(heardNow -> link.ask(Bundle.class, id -> new GetBundle(id, peer))),
                answer -> {
                    fetching = null;
                    try {
                        take(answer);
                        done.complete(null);
                    } catch (PychatException e) {
                        done.completeExceptionally(e);
                    }
                },
                failure -> {
                    fetching = null;
                    done.completeExceptionally(failure);
                });
        return done;
    }

    /** Fetches what the next epoch needs: the peer's bundle, and one-time keys. Completes on the queue. */
    CompletableFuture<Void> prepare(Link link) {
        CompletableFuture<Void> fetched = fresh().isPresent() ? CompletableFuture.completedFuture(null) : fetch(link);
        return fetched.thenComposeAsync(
                nothing -> Optional.ofNullable(bundle)
                        .map(known -> supply.take(link, known))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)),
                queue);
    }

    private boolean hasRenewed(CheckedBundle of) {
        return of.bundle().fields().username().equals(peer)
                ? pin.stream().anyMatch(known -> known.accepted().size() > 1)
                : !account.keyring().pastIdentities().isEmpty();
    }

    /** The one-time keys for the next epoch. */
    OneTimeSupply supply() {
        return supply;
    }

    private void take(Bundle answer) throws PychatException {
        offered = null;
        weaker = null;
        try {
            KeyBundle given = KeyBundle.parse(answer.bundle());
            CheckedBundle checked =
                    given.check(account.realm(), peer, options.keySource().policy());
            if (doubtful) {
                load();
            }
            Optional<Fingerprint> wanted = wanted();
            if (wanted.isPresent()) {
                takeWanted(given, wanted.get());
            }
            for (Pin known : pin) {
                offered = given.fields().identity().equals(known.present()) ? null : checked;
                known.check(given);
            }
            if (pin.isEmpty()) {
                // What was sealed while the bundle was good opens also when it has expired since.
                save(first(given));
            }
            given.checkTime(options.clock().instant());
            takeSuite(checked);
            save(pin.get(0).with(given));
            use(checked);
        } catch (BundleException e) {
            object(e);
            throw objection.map(Objection::refusal).orElseThrow();
        }
    }

    private void takeSuite(CheckedBundle checked) throws BundleException {
        try {
            checked.checkSuite(new Suite(pin.get(0).minimumSuite()));
        } catch (BundleException e) {
            weaker = checked;
            throw e;
        }
    }

    /** Nobody is pinned but the one to whom the account has sealed. */
    private void takeWanted(KeyBundle given, Fingerprint wanted) throws BundleException, StoreException {
        given.checkIdentity(wanted);
        save(word.orElseThrow()
                .pin(pin.stream().findFirst(), given, options.clock().instant()));
    }

    private Pin first(KeyBundle given) throws StoreException {
        boolean late = account.transcripts().span(peer).to().isMessage();
        return Pin.first(given, late, options.clock().instant());
    }

    private void use(CheckedBundle checked) {
        bundle = checked;
        offered = null;
        fetched = options.clock().instant();
        objection = Optional.empty();
    }

    /** Keeps the pin if it is another one than before. */
    void save(Pin next) throws StoreException {
        if (pin.contains(next)) {
            return;
        }
        boolean shared = pin.stream().anyMatch(before -> before.vaultForm().equals(next.vaultForm()));
        keep(next);
        if (!shared) {
            account.upkeep().changed();
        }
    }

    /** The account's vault says something of the peer, which another device has put there. */
    void takeVaulted(Pin vaulted) throws StoreException {
        Pin next = VaultedPins.merged(pin.stream().findFirst(), vaulted);
        if (!pin.contains(next)) {
            keep(next);
            bundle = null;
            objection = change().map(Objection::of);
        }
    }

    private void keep(Pin next) throws StoreException {
        // If this fails, the store may hold it all the same.
        doubtful = true;
        account.pins().save(peer, pinVersion, next);
        doubtful = false;
        pin = List.of(next);
        pinVersion++;
    }

    private void object(BundleException e) throws StoreException {
        Optional<Objection> before = objection;
        if (e.defect() == BundleDefect.IDENTITY_CHANGED && offered != null) {
            Optional<IdentityChange> known = change();
            Pin held = pin.get(0);
            save(held.with(held.here().offering(OfferedIdentity.of(offered.bundle(), held.present()))));
            objection = change().map(Objection::of);
            if (!objection.equals(before) || !change().equals(known)) {
                change().ifPresent(listeners::identityChanged);
            }
            return;
        }
        objection = Optional.of(Objection.of(peer, e));
        if (!objection.equals(before)) {
            objection.ifPresent(now -> listeners.keysRefused(peer, now.refusal()));
        }
    }

    /** The weaker suite that waits for a decision, if that is what the server gave last. */
    Optional<SuiteChange> suiteChange() {
        return Optional.ofNullable(weaker)
                .map(given -> new SuiteChange(new Suite(pin.get(0).minimumSuite()), given.suite()));
    }

    /** The person has accepted the weaker suite that the server gave last. */
    void acceptSuite() throws StoreException {
        CheckedBundle accepted = weaker;
        if (accepted != null) {
            save(pin.get(0).lowered(accepted.bundle()));
            weaker = null;
            use(accepted);
        }
    }

    /** The bundle of another identity, if that is what the server gave last. */
    Optional<CheckedBundle> offered() {
        return Optional.ofNullable(offered);
    }

    /** The person has accepted what the server gave last. */
    void accept(CheckedBundle accepted, ChangePlace place) throws StoreException {
        save(pin.get(0).accepting(accepted.bundle(), place, options.clock().instant()));
        use(accepted);
    }
}

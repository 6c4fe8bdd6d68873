package dev.pychat.client;

import dev.pychat.envelope.Sealer;
import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
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
 * stops sending until a person has accepted it. Confined to the chat's queue, but for {@link #objection}.
 */
final class PeerKeys {

    private final Account account;
    private final ClientOptions options;
    private final Listeners listeners;
    private final Username peer;
    private final SerialQueue queue;
    private List<Pin> pin = List.of();
    private long pinVersion;
    private @Nullable CheckedBundle bundle;
    private Instant fetched = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> fetching;
    private boolean doubtful;
    private volatile String objection = "";

    PeerKeys(Account account, ClientOptions options, Listeners listeners, Username peer, SerialQueue queue) {
        this.account = account;
        this.options = options;
        this.listeners = listeners;
        this.peer = peer;
        this.queue = queue;
    }

    void load() throws StoreException {
        PinShelf.Kept kept = account.pins().load(peer);
        pin = kept.pin().stream().toList();
        pinVersion = kept.version();
        doubtful = false;
    }

    /** The pin as a list of none or one. */
    List<Pin> pin() {
        return pin;
    }

    /** Why nothing may be sent until a person has decided; empty if there is no such reason. */
    String objection() {
        return objection;
    }

    /** The bundle, if an epoch may be begun on it. */
    Optional<CheckedBundle> fresh() {
        boolean usable = bundle != null
                && objection.isEmpty()
                && Sealer.isFresh(fetched, options.clock().instant());
        return usable ? Optional.ofNullable(bundle) : Optional.empty();
    }

    Instant fetched() {
        return fetched;
    }

    /** Completes on the queue when there is a pin; at once if there is one already. */
    CompletableFuture<Void> pinned(Link link) {
        return pin.isEmpty() ? fetch(link) : CompletableFuture.completedFuture(null);
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
                link.ask(Bundle.class, id -> new GetBundle(id, peer)),
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

    private void take(Bundle answer) throws PychatException {
        try {
            KeyBundle offered = KeyBundle.parse(answer.bundle());
            CheckedBundle checked =
                    offered.check(account.realm(), peer, options.keySource().policy());
            if (doubtful) {
                load();
            }
            for (Pin known : pin) {
                known.check(offered);
            }
            offered.checkTime(options.clock().instant());
            pin(offered);
            bundle = checked;
            fetched = options.clock().instant();
            objection = "";
        } catch (BundleException e) {
            object(e);
            throw e;
        }
    }

    private void pin(KeyBundle offered) throws StoreException {
        Pin next = pin.isEmpty()
                ? Pin.first(offered, options.clock().instant())
                : pin.get(0).with(offered);
        if (!pin.contains(next)) {
            keep(next);
            account.upkeep().changed();
        }
    }

    /** The account's vault says something of the peer, which another device has put there. */
    void takeVaulted(Pin vaulted) throws StoreException {
        Pin next = VaultedPins.merged(pin.stream().findFirst(), vaulted);
        if (!pin.contains(next)) {
            keep(next);
            bundle = null;
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

    private void object(BundleException e) {
        String before = objection;
        objection = e.defect() == BundleDefect.IDENTITY_CHANGED
                ? peer + " has another identity than the one pinned on this device. Either " + peer
                        + " has lost the old keys, or somebody stands between you. Nothing is sent to " + peer
                        + " until you have compared safety numbers and accepted it"
                : "the server's key bundle of " + peer + " is not taken: " + e.getMessage();
        if (!objection.equals(before)) {
            listeners.notice(objection);
        }
    }
}

package dev.pychat.client;

import dev.pychat.key.BundleDefect;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.TakeOneTimeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one-time keys that the next epoch of a conversation is to be wrapped to: one for each device of either side but this one, taken from
 * the server beforehand. Where there is none the epoch uses the device's last-resort key. Confined to the chat's queue.
 */
final class OneTimeSupply {

    private static final Logger LOG = LoggerFactory.getLogger(OneTimeSupply.class);

    /** What was taken for an epoch between two bundles. */
    private record Taken(CheckedBundle own, CheckedBundle peer, List<OneTimeKey> keys) {}

    private final Account account;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final Predicate<CheckedBundle> hasRenewed;
    private @Nullable Taken taken;

    /** Of an account that has had another identity there may be keys in a pool that the former one has signed. */
    OneTimeSupply(Account account, Listeners listeners, SerialQueue queue, Predicate<CheckedBundle> hasRenewed) {
        this.account = account;
        this.hasRenewed = hasRenewed;
        this.listeners = listeners;
        this.queue = queue;
    }

    /** Whether an epoch on this bundle of the peer can be begun now. */
    boolean isReady(CheckedBundle peer) {
        CheckedBundle own = account.keys().bundle();
        Taken present = taken;
        return own.suiteWith(peer).equals(Suite.RSA)
                || present != null && present.own.equals(own) && present.peer.equals(peer);
    }

    /** Hands the keys out, to one epoch. */
    List<OneTimeKey> use() {
        Taken present = taken;
        taken = null;
        return present == null ? List.of() : present.keys;
    }

    /** Takes a key for each device, unless that was done. Completes on the queue; fails if the connection is lost. */
    CompletableFuture<Void> take(Link link, CheckedBundle peer) {
        if (isReady(peer)) {
            return CompletableFuture.completedFuture(null);
        }
        CheckedBundle own = account.keys().bundle();
        List<CompletableFuture<Optional<OneTimeKey>>> asked = new ArrayList<>();
        peer.devices().forEach(device -> asked.add(ask(link, peer, device)));
        DeviceId here = account.keyring().device();
        own.devices().stream()
                .filter(device -> !device.device().equals(here))
                .forEach(device -> asked.add(ask(link, own, device)));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenRunAsync(
                        () -> taken = new Taken(
                                own,
                                peer,
                                asked.stream()
                                        .flatMap(key -> key.join().stream())
                                        .toList()),
                        queue);
    }

    private CompletableFuture<Optional<OneTimeKey>> ask(Link link, CheckedBundle bundle, DeviceKeys device) {
        Username user = bundle.bundle().fields().username();
        return link.ask(OneTimeKeyIs.class, id -> new TakeOneTimeKey(id, user, device.device()))
                .handleAsync(
                        (answer, failure) -> failure == null ? checked(answer, bundle, device) : refused(failure),
                        queue);
    }

    /**
     * A server that gives no more for now, or none at all, is not waited for: the last-resort key serves. One that could not look is asked
     * again, since an epoch on the last-resort key beside a full pool would accuse it.
     */
    private static Optional<OneTimeKey> refused(Throwable failure) {
        if (Answers.known(failure) instanceof FailureException e
                && (e.code() == ErrorCode.BUSY || !Remedy.isLater(e))) {
            LOG.debug("there is no one-time key to be had", e);
            return Optional.empty();
        }
        throw new CompletionException(failure);
    }

    private Optional<OneTimeKey> checked(OneTimeKeyIs answer, CheckedBundle bundle, DeviceKeys device) {
        if (answer.key().isEmpty()) {
            return Optional.empty();
        }
        try {
            OneTimeKey key = OneTimeKey.check(answer.key(), bundle, device.device());
            if (account.spentKeys().isFirstUse(KeyId.of(key.key()))) {
                return Optional.of(key);
            }
            notTaken(bundle, "it has given it before");
        } catch (BundleException e) {
            if (e.defect() != BundleDefect.IDENTITY_CHANGED || !hasRenewed.test(bundle)) {
                notTaken(bundle, String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    private void notTaken(CheckedBundle bundle, String why) {
        listeners.notice("a one-time key that the server gives for "
                + bundle.bundle().fields().username()
                + " is not taken (" + why + "). What is sent now is only as safe as the key for a dry pool."
                + " Distrust the server");
    }
}

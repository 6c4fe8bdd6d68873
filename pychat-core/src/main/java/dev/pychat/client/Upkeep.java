package dev.pychat.client;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.SeenVault;
import dev.pychat.keyring.Vault;
import dev.pychat.keyring.VaultEntry;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what belongs to the account up to date while a client is logged in: the vault, the wrapping key and the bundle. What is
 * due is looked for when a connection stands, when something has changed, and every hour.
 *
 * <p>Thread-safe. The work waits for the server and runs one step at a time, on threads that may wait.
 */
final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration REGULARLY = Duration.ofHours(1);
    private static final Duration GATHERING = Duration.ofSeconds(2);
    private static final Duration BUSY = Duration.ofSeconds(10);

    private static final long REFRESH_EVERY = Duration.ofSeconds(10).toNanos();
    private static final int REFRESHES_AT_ONCE = 6;
    private static final int MOST_TRIES = 4;

    private final OwnKeys keys;
    private final VaultSync vault;
    private final OwnBundle bundle;
    private final AccountChange change;
    private final OwnDevices devices;
    private final Listeners listeners;
    private final SerialQueue queue = new SerialQueue(Threads.connects());
    private final Promises promises = new Promises();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicLong nextRefresh = new AtomicLong(System.nanoTime() - REFRESHES_AT_ONCE * REFRESH_EVERY);
    private final Future<?> regularly;
    private volatile @Nullable Link link;
    private volatile @Nullable Link readOn;
    private volatile @Nullable Link syncedOn;
    private volatile Runnable inStep = () -> {};
    private volatile boolean closed;

    Upkeep(
            OwnKeys keys,
            VaultSync vault,
            OwnBundle bundle,
            AccountChange change,
            OwnDevices devices,
            Listeners listeners) {
        this.keys = keys;
        this.vault = vault;
        this.bundle = bundle;
        this.change = change;
        this.devices = devices;
        this.listeners = listeners;
        this.regularly = Threads.regularly(REGULARLY, this::changed);
    }

    /** There is a connection for the account, and everything was looked after or {@link #changed} follows. */
    void online(Link next) {
        link = next;
    }

    void offline() {
        link = null;
    }

    /** Over this connection everything was read that the server had when it began. */
    void allRead(Link here) {
        readOn = here;
        queue.execute(this::forgetQuietly);
    }

    /** Something that the vault holds has changed here; what follows soon goes along. */
    void changed() {
        if (!closed && changed.compareAndSet(false, true)) {
            Threads.later(GATHERING, () -> queue.execute(this::runQuietly));
        }
    }

    /** Does everything that is due now, over a connection that has a session. */
    CompletableFuture<Void> run(Link here) {
        return onQueue(() -> keepUp(here));
    }

    private void keepUp(Link here) throws PychatException, InterruptedException {
        bundle.forget(here == readOn);
        bundle.keepUp(here, vault);
        syncedOn = here;
        inStep.run();
    }

    /** Whether what other devices have set was read over this connection. */
    boolean isSyncedOn(Link here) {
        return syncedOn == here;
    }

    /** Who is told, on a thread of this, each time when this device and the vault are in step. */
    void onSync(Runnable reader) {
        inStep = reader;
    }

    /**
     * Reads the vault, because another device of the account may have made keys. Not more often than now and then: whoever asks in
     * between gets no answer from the server and goes on with what there is. What could not be asked now is asked later, and what comes
     * then opens what it was wanted for.
     */
    CompletableFuture<Void> refresh(Link here) {
        long now = System.nanoTime();
        long before = nextRefresh.get();
        long earliest = Math.max(before, now - REFRESHES_AT_ONCE * REFRESH_EVERY);
        boolean allowed = earliest <= now && nextRefresh.compareAndSet(before, earliest + REFRESH_EVERY);
        if (!allowed) {
            refreshLater();
            return CompletableFuture.completedFuture(null);
        }
        return onQueue(() -> vault.sync(here)).whenComplete((done, failure) -> {
            if (failure != null && mayWorkLater(Answers.known(failure))) {
                refreshLater();
            }
        });
    }

    private static boolean mayWorkLater(PychatException why) {
        return why instanceof TimedOutException || Remedy.isLater(why);
    }

    /** The next connection begins with the vault. */
    private void refreshLater() {
        if (!closed && refreshing.compareAndSet(false, true)) {
            Threads.later(GATHERING, () -> {
                refreshing.set(false);
                Optional.ofNullable(link).ifPresent(this::refreshQuietly);
            });
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails is tried again
    private void refreshQuietly(Link here) {
        refresh(here);
    }

    /** The vault has to be of this version at least, by what the account itself has signed. */
    CompletableFuture<Void> require(Link here, long version) {
        return onQueue(() -> vault.require(here, version));
    }

    /**
     * Changes the passphrase, and the identity if that is wanted, and brings the new keys out. Who asks may have gone, and may have
     * erased what was given, before this is done: so it works with copies, here and where else somebody's secrets are given.
     */
    CompletableFuture<Void> change(Link here, Passphrase present, Passphrase next, boolean newIdentity) {
        Passphrase before = present.copy();
        Passphrase after = next.copy();
        return erasing(List.of(before, after), () -> {
            change.change(here, before, after, newIdentity);
            keepUp(here);
        });
    }

    /** Gives the account a recovery secret, another one or none, and brings the new keys out. */
    CompletableFuture<Void> changeRecovery(Link here, Passphrase present, Optional<RecoverySecret> next) {
        Passphrase passphrase = present.copy();
        Optional<RecoverySecret> secret = next.map(RecoverySecret::copy);
        List<AutoCloseable> copies =
                Stream.concat(Stream.of(passphrase), secret.stream()).toList();
        return erasing(copies, () -> {
            change.changeRecovery(here, passphrase, secret);
            keepUp(here);
        });
    }

    /**
     * What a backup is to hold of keys and pins.
     *
     * @param seen the newest vault that this device has seen
     * @param entries ascending by type and key
     */
    record Holdings(SeenVault seen, List<VaultEntry> entries) implements AutoCloseable {
        @Override
        public void close() {
            entries.forEach(entry -> entry.value().close());
        }
    }

    /** What a backup is to hold; to be closed by the caller. */
    CompletableFuture<Holdings> backup() {
        CompletableFuture<Holdings> holdings = new CompletableFuture<>();
        return onQueue(() -> {
                    Keyring keyring = keys.keyring();
                    List<VaultEntry> entries =
                            vault.own(keyring).stream().sorted().toList();
                    holdings.complete(new Holdings(keyring.seenVault(), entries));
                })
                .thenCompose(done -> holdings);
    }

    /** Takes keys and pins out of a backup of this account; the vault follows. */
    CompletableFuture<Void> takeBackup(Vault backup) {
        Vault copy = backup.copy();
        return erasing(List.of(copy), () -> {
            vault.takeBackup(copy);
            changed();
        });
    }

    /** Deletes the account. */
    CompletableFuture<Void> delete(Link here, Passphrase present) {
        Passphrase passphrase = present.copy();
        return erasing(List.of(passphrase), () -> change.delete(here, passphrase));
    }

    /**
     * Brings out what a person has just decided. Completes when the vault holds it; or else, at the latest after this
     * time, when the person was told that it does not yet. It goes along with what is due later, then.
     */
    CompletableFuture<Void> decided(String what, Duration atMost) {
        Link here = link;
        CompletableFuture<Boolean> held = here == null
                ? CompletableFuture.completedFuture(false)
                : onQueue(() -> vault.sync(here)).handle((done, failure) -> failure == null);
        return held.completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(holds -> {
                    if (!holds && !closed) {
                        listeners.notice(what + " holds on this device, and is not in the"
                                + " account's vault yet: your other devices, and a new one, learn of it when this one"
                                + " has reached the server again");
                    }
                });
    }

    /** Makes a new wrapping key and brings it out. */
    CompletableFuture<Void> rotate(Link here) {
        return onQueue(() -> {
            devices.requireOwn(here, "it makes no new keys for the account");
            bundle.rotate();
            keepUp(here);
        });
    }

    /** Gives the account another history policy, also if another device publishes something else meanwhile. */
    CompletableFuture<Void> changePolicy(Link here, HistoryPolicy policy) {
        return onQueue(() -> {
            devices.requireOwn(here, "it does not change the account's history policy");
            // A key that is to be lent to other devices is there for them before it is anything else.
            vault.sync(here);
            for (int tries = 1; !keys.keyring().historyPolicy().equals(policy); tries++) {
                if (tries > MOST_TRIES) {
                    throw new RefusedException(
                            ErrorCode.SERIAL_CONFLICT.code(),
                            "another device of the account published another history policy each time; try again");
                }
                bundle.changePolicy(policy);
                keepUp(here);
            }
        });
    }

    /** Which devices the account has. */
    CompletableFuture<List<Device>> devices(Link here) {
        CompletableFuture<List<Device>> all = new CompletableFuture<>();
        return onQueue(() -> all.complete(devices.list(here))).thenCompose(done -> all);
    }

    /** Takes a device out of the account. */
    CompletableFuture<Void> removeDevice(Link here, DeviceId device) {
        return onQueue(() -> devices.remove(here, device));
    }

    /** Takes this device, which was removed, in again. */
    CompletableFuture<Void> rejoin(Link here) {
        return onQueue(() -> devices.rejoin(here));
    }

    /** Something that waits for the server. */
    private interface Work {
        void run() throws PychatException, InterruptedException;
    }

    private CompletableFuture<Void> onQueue(Work work) {
        CompletableFuture<Void> done = promises.make();
        queue.execute(() -> {
            try {
                keys.closeReplaced();
                work.run();
                done.complete(null);
            } catch (PychatException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                done.completeExceptionally(new ServerUnreachableException("interrupted"));
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
                throw e;
            }
        });
        return done;
    }

    /** Erases when the work has ended, or when it turns out that it never begins. */
    private CompletableFuture<Void> erasing(List<? extends AutoCloseable> copies, Work work) {
        return onQueue(work).whenComplete((done, failure) -> copies.forEach(OwnKeys::erase));
    }

    private void runQuietly() {
        changed.set(false);
        forgetQuietly();
        Link here = link;
        if (here == null || closed) {
            return;
        }
        try {
            keys.closeReplaced();
            keepUp(here);
        } catch (ServerUnreachableException | TimedOutException gone) {
            LOG.debug("keys and vault are looked after with the next connection", gone);
        } catch (FailureException e) {
            if (Remedy.isLater(e)) {
                LOG.debug("keys and vault are looked after in a while", e);
                Threads.later(Remedy.delay(e, BUSY), this::changed);
            } else {
                notKeptUp(e);
            }
        } catch (PychatException e) {
            if (e instanceof RefusedException refused && refused.reason().equals(VaultSync.ROLLED_BACK)) {
                LOG.debug("the vault is left alone", e);
                return;
            }
            notKeptUp(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Also while there is no connection. */
    private void forgetQuietly() {
        if (closed) {
            return;
        }
        try {
            bundle.forget(readOn != null && link == readOn);
        } catch (PychatException e) {
            notKeptUp(e);
        }
    }

    private void notKeptUp(PychatException why) {
        listeners.notice("the keys of this account could not be kept up to date: " + why.getMessage());
    }

    /** Completes when nothing of this works with the account any more, which is soon after its connection was closed. */
    CompletableFuture<Void> close() {
        closed = true;
        regularly.cancel(false);
        return queue.close(promises::close);
    }
}

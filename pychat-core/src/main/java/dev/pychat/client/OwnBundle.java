package dev.pychat.client;

import dev.pychat.key.BundleException;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.BundleChange;
import dev.pychat.keyring.Forgetting;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.WrappingKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The account's own wrapping key, ML-KEM keys and bundle: makes new ones in time, and brings them out in the only safe order. What is new is on this
 * device's disk first, in the vault next, and published last.
 *
 * <p>Every method waits for the server and runs on a thread that may. One at a time for each account.
 */
final class OwnBundle {

    /** A bundle with less time left is followed by a new one. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    private static final Duration SHORTEST_ROTATION = Duration.ofDays(1);

    private static final int MOST_TRIES = 4;

    /** At a new key each month, two years before old ones begin to give way. */
    private static final int MANY_KEYS = Keyring.MAX_WRAPPING_KEYS - 24;

    private final ClientOptions options;
    private final OwnKeys keys;
    private final ServerWord word;
    private final OwnKemKeys kem;
    private final OneTimePool pool;
    private final Listeners listeners;
    private final DevicePlace place;
    private final CopiedDevice copied;
    private KeyId lastKey;

    OwnBundle(ClientOptions options, OwnKeys keys, ServerWord word, OneTimeUses uses, Listeners listeners) {
        this.options = options;
        this.keys = keys;
        this.word = word;
        this.kem = new OwnKemKeys(options.random());
        this.pool = new OneTimePool(options, keys, kem, word, uses, listeners);
        this.listeners = listeners;
        this.place = new DevicePlace(keys, listeners);
        this.copied = new CopiedDevice(listeners);
        this.lastKey = keys.keyring().currentWrappingKey().id();
    }

    /** Vault, wrapping key, bundle and pool are those that they should be when this returns. */
    void keepUp(Link link, VaultSync vault) throws PychatException, InterruptedException {
        bringOut(link, vault);
        place.tell();
        pool.keepUp(link, vault);
    }

    private void bringOut(Link link, VaultSync vault) throws PychatException, InterruptedException {
        boolean due = isDue(keys.keyring(), options.clock().instant());
        if (due) {
            // One vault with everything, since each version that this device makes is one less that it can find
            // missing.
            vault.pull(link);
        } else {
            vault.sync(link);
        }
        for (int tries = 1; ; tries++) {
            keys.lastBundle().ifPresent(last -> copied.look(keys.keyring(), last));
            if (renew() || due && tries == 1) {
                vault.sync(link);
            }
            if (publish(link)) {
                word.confirmed(
                        keys.lastBundle().orElseThrow().fields().serial(),
                        options.clock().instant());
                noteReplaced();
                tellOfManyKeys();
                return;
            }
            // Another device has published meanwhile; what it made is in the vault.
            vault.sync(link);
            if (tries == MOST_TRIES) {
                throw notOurs();
            }
        }
    }

    /** The server hands out the present keys, so those before them have begun to go. */
    private void noteReplaced() throws PychatException {
        Instant now = options.clock().instant();
        keys.change(present -> Forgetting.replaced(present, now));
    }

    /** Erases the keys whose time has come. The server need not be there. */
    void forget(boolean isRead) throws PychatException {
        Instant now = options.clock().instant();
        keys.change(present -> Forgetting.erased(present, now, isRead));
    }

    /** Makes the keys and the bundle that follow from another history policy; {@link #keepUp} brings them out. */
    void changePolicy(HistoryPolicy policy) throws PychatException {
        Instant now = options.clock().instant();
        Optional<WrappingKey> next = keyFor(policy, now);
        keys.change(present -> {
            if (present.historyPolicy().equals(policy)) {
                return present;
            }
            boolean isOfAnotherKind = present.historyPolicy().isKeep() != policy.isKeep();
            try (Keyring stated = present.withBundle(present.nextBundle(now, BundleChange.policy(policy)))) {
                // Also where the present key is still of the right kind: one that was lent from before the account
                // forgot.
                return isOfAnotherKind && next.isPresent() ? rotated(stated, next.get()) : renewedOf(stated, now, next);
            }
        });
    }

    /** With each new key, long before the first one gives way for it. */
    private void tellOfManyKeys() {
        Keyring present = keys.keyring();
        int count = present.wrappingKeys().size();
        boolean fresh = !lastKey.equals(present.currentWrappingKey().id());
        lastKey = present.currentWrappingKey().id();
        if (fresh && count >= MANY_KEYS) {
            listeners.notice("this account has " + count + " keys that open what was sent to it, and keeps at most "
                    + Keyring.MAX_WRAPPING_KEYS
                    + ": from then on the oldest gives way to each new one, and a device that is"
                    + " new to the account does not open what was sent in its time. Devices that have read it keep it; a"
                    + " backup keeps it, too");
        }
    }

    /** Makes a new wrapping key, whatever the age of the present one; {@link #keepUp} brings it out. */
    void rotate() throws PychatException {
        WrappingKey next = newKey();
        keys.change(present -> rotated(present, next));
    }

    /** Takes its time, so it is made before the keys are held for a change: messages that arrive meanwhile use them. */
    private WrappingKey newKey() {
        return new WrappingKey(
                options.keySource().next(options.random()), options.clock().instant());
    }

    /** If another one is due, as it is when the account begins to forget or to keep. */
    private Optional<WrappingKey> keyFor(HistoryPolicy policy, Instant now) {
        Keyring present = keys.keyring();
        boolean isOfAnotherKind = present.historyPolicy().isKeep() != policy.isKeep();
        return isOfAnotherKind || isOld(present, now) ? Optional.of(newKey()) : Optional.empty();
    }

    private Keyring rotated(Keyring present, WrappingKey next) {
        try (Keyring rotated = present.withWrappingKey(next)) {
            return bundled(rotated, next.created());
        }
    }

    private Keyring bundled(Keyring keyring, Instant now) {
        try (Keyring complete = kem.complete(keyring, now)) {
            return complete.withBundle(complete.nextBundle(now));
        }
    }

    /** Makes what is due; false if nothing is. */
    private boolean renew() throws PychatException {
        Instant now = options.clock().instant();
        Keyring before = keys.keyring();
        Optional<WrappingKey> next = keyFor(before.historyPolicy(), now);
        return keys.change(present -> renewed(present, now, next)) != before;
    }

    private Keyring renewed(Keyring present, Instant now, Optional<WrappingKey> next) {
        if (isOld(present, now) && next.isPresent()) {
            return rotated(present, next.get());
        }
        if (kem.isLastResortDue(present) || kem.isPoolDue(present, now) || !isCurrent(present, now)) {
            return bundled(present, now);
        }
        return kem.isShort(present) ? kem.filled(present, now) : present;
    }

    /** The same of a keyring that nobody else has yet; never that one itself. */
    private Keyring renewedOf(Keyring passing, Instant now, Optional<WrappingKey> next) {
        Keyring renewed = renewed(passing, now, next);
        return renewed == passing ? passing.withUsed(Set.of()) : renewed;
    }

    private boolean isDue(Keyring present, Instant now) {
        return isOld(present, now)
                || kem.isLastResortDue(present)
                || kem.isPoolDue(present, now)
                || !isCurrent(present, now)
                || kem.isShort(present);
    }

    private boolean isOld(Keyring present, Instant now) {
        WrappingKey current = present.currentWrappingKey();
        return !current.created().plus(rotation(present.historyPolicy())).isAfter(now)
                || !Forgetting.suits(present, current.id());
    }

    /** An account that forgets replaces its keys at least as often as it erases those that were replaced. */
    private Duration rotation(HistoryPolicy policy) {
        Duration often = policy.time().compareTo(SHORTEST_ROTATION) > 0 ? policy.time() : SHORTEST_ROTATION;
        return policy.isKeep() || options.keyRotation().compareTo(often) < 0 ? options.keyRotation() : often;
    }

    /** Whether the last bundle offers the present keys, and for long enough. */
    private static boolean isCurrent(Keyring present, Instant now) {
        return present.bundle()
                .filter(bundle -> now.plus(RENEWAL).isBefore(bundle.fields().notAfter()))
                .filter(present::offersPresentKeys)
                .isPresent();
    }

    /** The server has the bundle of this keyring, or gets it now; false if another one of ours came in between. */
    private boolean publish(Link link) throws PychatException, InterruptedException {
        KeyBundle ours = keys.lastBundle().orElseThrow();
        Optional<Bytes> published = published(link);
        if (published.isPresent() && published.get().equals(ours.bytes())) {
            return true;
        }
        if (published.isEmpty()) {
            return put(link, ours, 0);
        }
        KeyBundle theirs = parsed(published.get());
        if (!keys.keyring().isOurs(theirs.fields().identity())) {
            throw notOurs();
        }
        if (theirs.fields().serial() >= ours.fields().serial()) {
            follow(theirs);
            return false;
        }
        return put(link, ours, theirs.fields().serial());
    }

    /** A later bundle that an identity of ours has signed, made by a device whose vault did not get here. */
    private void follow(KeyBundle theirs) throws PychatException {
        Keyring present = keys.keyring();
        theirs.checkSigned(present.realm(), present.username());
        copied.look(present, theirs);
        Instant now = options.clock().instant();
        Optional<WrappingKey> next = keyFor(theirs.historyPolicy(), now);
        keys.change(before -> {
            try (Keyring following = before.withBundle(theirs)) {
                return renewedOf(following, now, next);
            }
        });
    }

    private KeyBundle parsed(Bytes published) throws KeysNotHereException {
        try {
            return KeyBundle.parse(published);
        } catch (BundleException e) {
            throw notOurs();
        }
    }

    private Optional<Bytes> published(Link link) throws PychatException, InterruptedException {
        try {
            Bundle answer = Answers.get(
                    link.ask(
                            Bundle.class, id -> new GetBundle(id, keys.keyring().username())),
                    options.requestTimeout());
            return Optional.of(answer.bundle());
        } catch (FailureException e) {
            if (e.code() == ErrorCode.NO_BUNDLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean put(Link link, KeyBundle bundle, long previous) throws PychatException, InterruptedException {
        long serial = bundle.fields().serial();
        try {
            Answers.get(
                    link.ask(Ok.class, id -> new PutBundle(id, serial, previous, bundle.bytes())),
                    options.requestTimeout());
            return true;
        } catch (FailureException e) {
            if (e.code() == ErrorCode.SERIAL_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private KeysNotHereException notOurs() {
        return new KeysNotHereException("this device does not hold "
                + keys.keyring().username() + "'s keys: the server has published others than those of this device");
    }
}

package dev.pychat.client;

import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.KemKey;
import dev.pychat.keyring.KemKeys;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.OneTimeUse;
import dev.pychat.model.EpochName;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which epochs have used one-time keys of this device (ENVELOPE.md, section 5.1). A use is noted before the epoch's secret is stored,
 * and the key put aside afterwards, so that a crash between the two loses no message. Thread-safe.
 */
final class OneTimeUses {

    private static final Logger LOG = LoggerFactory.getLogger(OneTimeUses.class);

    private final OwnKeys keys;
    private final TranscriptStore transcripts;
    private final Clock clock;

    OneTimeUses(OwnKeys keys, TranscriptStore transcripts, Clock clock) {
        this.keys = keys;
        this.transcripts = transcripts;
        this.clock = clock;
    }

    /** The epoch itself, when its use of this device's keys is noted; a finding if another epoch has used one of them. */
    EpochOpening claim(StoredMessage message, EpochOpening opening) throws PychatException {
        if (!(opening instanceof OpenedEpoch epoch)) {
            return opening;
        }
        List<KeyId> ours = unused(keys.keyring(), epoch.kemKeys());
        if (ours.isEmpty()) {
            return opening;
        }
        Instant now = clock.instant();
        KemKeys noted =
                keys.change(present -> noted(present, ours, epoch.name(), now)).kemKeys();
        Optional<EpochName> other = ours.stream()
                .flatMap(id -> noted.useOf(id).stream())
                .map(OneTimeUse::epoch)
                .filter(user -> !user.equals(epoch.name()))
                .findFirst();
        if (other.isPresent()) {
            epoch.close();
            return EpochOpener.keyReused(message, other.get());
        }
        return opening;
    }

    private static List<KeyId> unused(Keyring present, Collection<KeyId> named) {
        return present.kemKeys().all().stream()
                .filter(key -> !key.isLastResort() && named.contains(key.id()))
                .map(KemKey::id)
                .filter(id -> present.kemKeys().useOf(id).isEmpty())
                .toList();
    }

    /** The present keyring itself if another thread has noted all of it meanwhile. */
    private static Keyring noted(Keyring present, List<KeyId> used, EpochName epoch, Instant now) {
        List<KeyId> left = unused(present, used);
        if (left.isEmpty()) {
            return present;
        }
        KemKeys next = present.kemKeys().without(key -> false);
        for (KeyId id : left) {
            KemKeys before = next;
            next = before.withUse(new OneTimeUse(id, epoch, now));
            before.close();
        }
        return present.withKemKeys(next);
    }

    /** The secrets of these epochs are stored, so the keys that they used are put aside. If that fails, {@link #sweep} does it. */
    void stored(Collection<EpochName> epochs) {
        try {
            Set<EpochName> all = Set.copyOf(epochs);
            keys.change(present -> without(present, use -> all.contains(use.epoch())));
        } catch (PychatException e) {
            LOG.warn("one-time keys that were used are put aside later: {}", e.getMessage());
        }
    }

    /** Puts aside what a process before this one has used and not put aside. */
    void sweep() throws PychatException {
        Set<OneTimeUse> done = new HashSet<>();
        for (KemKey key : keys.keyring().kemKeys().all()) {
            for (OneTimeUse use :
                    keys.keyring().kemKeys().useOf(key.id()).stream().toList()) {
                if (isStored(use.epoch())) {
                    done.add(use);
                }
            }
        }
        keys.change(present -> without(present, done::contains));
    }

    private boolean isStored(EpochName epoch) throws StoreException {
        for (Username peer : transcripts.peers()) {
            if (transcripts.epoch(peer, epoch).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static Keyring without(Keyring present, Predicate<OneTimeUse> done) {
        KemKeys held = present.kemKeys();
        Set<KeyId> ids = new HashSet<>();
        held.all().forEach(key -> held.useOf(key.id()).filter(done).ifPresent(use -> ids.add(key.id())));
        return ids.isEmpty() ? present : present.withUsed(ids);
    }
}

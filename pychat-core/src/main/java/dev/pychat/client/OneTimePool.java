package dev.pychat.client;

import dev.pychat.envelope.Finding;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.keyring.Forgetting;
import dev.pychat.keyring.KemKeys;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.OneTimeSigner;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.OneTimeKeysLeft;
import dev.pychat.wire.PutOneTimeKeys;
import dev.pychat.wire.TakeOneTimeKey;
import dev.pychat.wire.WireLimits;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pool of this device's one-time keys at the server filled. What is uploaded is on this device's disk and in the vault before.
 *
 * <p>Every method waits for the server and runs on a thread that may. One at a time for each account.
 */
final class OneTimePool {

    private static final Logger LOG = LoggerFactory.getLogger(OneTimePool.class);

    private static final int MOST_TAKEN_OUT = 32;

    private final ClientOptions options;
    private final OwnKeys keys;
    private final OwnKemKeys making;
    private final ServerWord word;
    private final OneTimeUses uses;
    private final Listeners listeners;
    private long uploaded;
    private boolean toldOfCopy;

    OneTimePool(
            ClientOptions options,
            OwnKeys keys,
            OwnKemKeys making,
            ServerWord word,
            OneTimeUses uses,
            Listeners listeners) {
        this.options = options;
        this.keys = keys;
        this.making = making;
        this.word = word;
        this.uses = uses;
        this.listeners = listeners;
    }

    /** Asks how many keys are left, and adds some if there are few. A server that refuses is asked the next time. */
    void keepUp(Link link, VaultSync vault) throws PychatException, InterruptedException {
        uses.sweep();
        if (keys.keyring().kemKeys().lastResort().isEmpty()) {
            return;
        }
        try {
            int left = withoutOthers(link, put(link, 1, List.of()));
            if (left <= OwnKemKeys.LOW && uploaded < held().lastNumber()) {
                left = upload(link);
            }
            if (left <= OwnKemKeys.LOW && makeMore()) {
                vault.sync(link);
                upload(link);
            }
        } catch (FailureException e) {
            LOG.debug("the pool of one-time keys is filled later", e);
        }
    }

    /**
     * Takes out what a former identity has signed, which nobody can use any more, and what is to serve nobody any more after a change of
     * the history policy or because of its age. It stands in front of all that came after it, so as
     * long as there is any, the pool has every unused key of the present ones beside it.
     */
    private int withoutOthers(Link link, int asked) throws PychatException, InterruptedException {
        Keyring present = keys.keyring();
        boolean hasLeft = !present.pastIdentities().isEmpty()
                || !present.historyPolicy().isKeep()
                || Forgetting.hasChanged(present);
        boolean isUnsure = hasLeft && uploaded < held().lastNumber();
        int left = asked > 0 && isUnsure ? upload(link) : asked;
        int others = Math.min(left - present.kemKeys().unused(), MOST_TAKEN_OUT);
        for (int i = 0; i < others; i++) {
            take(link);
        }
        return others > 0 ? put(link, 1, List.of()) : left;
    }

    private KemKeys held() {
        return keys.keyring().kemKeys();
    }

    private boolean makeMore() throws PychatException {
        long before = held().lastNumber();
        Instant now = options.clock().instant();
        keys.change(present -> making.hasRoom(present) ? making.filled(present, now) : present);
        return held().lastNumber() > before;
    }

    /** Uploads what may not have been; keys that the server has had before it passes over. */
    private int upload(Link link) throws PychatException, InterruptedException {
        long last = held().lastNumber();
        long first = Math.max(held().newestUnused(), last + 1 - WireLimits.MAX_ONE_TIME_KEYS);
        List<Bytes> signed = OneTimeSigner.sign(keys.keyring(), first).stream()
                .map(OneTimeKey::bytes)
                .toList();
        int left = put(link, first, signed);
        uploaded = last;
        return left;
    }

    private int put(Link link, long first, List<Bytes> signed) throws PychatException, InterruptedException {
        int left = Answers.get(
                        link.ask(OneTimeKeysLeft.class, id -> new PutOneTimeKeys(id, first, signed)),
                        options.requestTimeout())
                .left();
        // A pool with keys that nobody can use is as good as dry.
        int usable = left > held().unused() ? 0 : left;
        List<Finding> withheld =
                word.poolHas(usable, signed.size(), options.clock().instant());
        if (!withheld.isEmpty()) {
            tell(withheld, link);
        }
        return left;
    }

    /** Nobody is accused by a copy of this device's files, which has missed what became of the pool. */
    private void tell(List<Finding> withheld, Link link) throws InterruptedException {
        if (!isFilledByACopy(link)) {
            withheld.forEach(finding -> listeners.notice(sentence(finding)));
        } else if (!toldOfCopy) {
            toldOfCopy = true;
            listeners.notice(
                    "another copy of this device is in use, or was: the server has one-time keys of this device that are not on it,"
                            + " so whether senders were told the truth about them is not known here. Use one of the two only;"
                            + " log in anew with the other one, on an empty place, as a new device");
        }
    }

    /**
     * Looks at the oldest key of the pool. If this device has signed it, and it is beyond all that this one has made or not the one that it has
     * made under this number, then another copy has. No server can make one; one that gives none has no excuse.
     */
    private boolean isFilledByACopy(Link link) throws InterruptedException {
        Keyring present = keys.keyring();
        try {
            OneTimeKey oldest = OneTimeKey.check(take(link).key(), keys.bundle(), present.device());
            KeyId id = KeyId.of(oldest.key());
            return oldest.number() > present.kemKeys().lastNumber()
                    || present.kemKeys().all().stream()
                            .anyMatch(key ->
                                    key.number() == oldest.number() && !key.id().equals(id));
        } catch (PychatException e) {
            LOG.debug("the pool of one-time keys shows nothing of another copy", e);
            return false;
        }
    }

    private OneTimeKeyIs take(Link link) throws PychatException, InterruptedException {
        Keyring present = keys.keyring();
        return Answers.get(
                link.ask(OneTimeKeyIs.class, id -> new TakeOneTimeKey(id, present.username(), present.device())),
                options.requestTimeout());
    }

    private static String sentence(Finding finding) {
        return finding.code() + ": message " + finding.position() + " of " + finding.sender() + " is open, but "
                + finding.what() + ". " + finding.remedy();
    }
}

package dev.pychat.client;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.EpochInspector;
import dev.pychat.envelope.EpochOpener;
import dev.pychat.envelope.EpochOpening;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.transport.internal.SerialQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The epochs of one conversation that are open, so that none costs a private-key operation again once one of its messages was
 * kept, and what was found lately about those that do not open. Confined to the chat's queue.
 */
final class EpochShelf implements AutoCloseable {

    private static final int MAX_OPEN = 32;
    private static final int MAX_GIVEN = 64;

    private final Account account;
    private final Username peer;
    private final LinkedHashMap<EpochName, OpenedEpoch> open = new LinkedHashMap<>(16, 0.75f, true);
    private final FailedEpochs failed = new FailedEpochs();
    private final Map<EpochName, OpenedEpoch> unsaved = new LinkedHashMap<>();
    private final Map<EpochName, SecretBytes> given = new HashMap<>();
    private final Map<EpochName, Bytes> headersOfForgotten = new LinkedHashMap<>();
    private final UnwrapBudget budget = new UnwrapBudget(System::nanoTime);
    private final Set<Unwrapping> underWay = new HashSet<>();
    private final ForgottenEpochs forgotten;

    /** Epochs that are being opened elsewhere; each unwrapping is one of its own. */
    private static final class Unwrapping {
        private final Map<EpochName, EpochOpening> openings = new LinkedHashMap<>();
        private CompletableFuture<Void> done = new CompletableFuture<>();

        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what is erased
        private void eraseWhenDone() {
            done.whenComplete((nothing, failure) -> openings.values().forEach(EpochShelf::erase));
        }
    }

    EpochShelf(Account account, Username peer) {
        this.account = account;
        this.peer = peer;
        this.forgotten = new ForgottenEpochs(account, peer);
    }

    /** Those of which a message was forgotten. */
    ForgottenEpochs forgotten() {
        return forgotten;
    }

    /** An epoch of our own that was begun now. */
    void begun(OpenedEpoch epoch) {
        put(epoch);
        unsaved.put(epoch.name(), epoch);
    }

    /** An epoch of which no message was kept yet. */
    Optional<OpenedEpoch> news(EpochName name) {
        return Optional.ofNullable(unsaved.get(name));
    }

    /**
     * The peer gives the secret of an epoch, as they say; of several the first counts. It is taken over, and held against the header
     * when that is there.
     */
    void give(EpochName name, SecretBytes secret) {
        if (given.size() < MAX_GIVEN && !given.containsKey(name)) {
            given.put(name, secret);
            failed.forget(name);
        } else {
            secret.close();
        }
    }

    /** Whether a secret of it waits to be held against the header. */
    boolean isGiven(EpochName name) {
        return given.containsKey(name);
    }

    /** What was given and opened nothing. */
    void dropGiven() {
        given.values().forEach(SecretBytes::close);
        given.clear();
    }

    /** Whether the epoch can be judged without its header. */
    boolean knows(EpochName name) throws StoreException {
        return failed.of(name).isPresent() || find(name).isPresent();
    }

    /**
     * Opens the epochs that these messages are the first to name: when the peer may have them opened, and away from the queue,
     * lest a peer with a great many of them holds up everybody else. Completes on the queue.
     */
    CompletableFuture<Void> unwrap(
            Collection<StoredMessage> messages, Map<EpochName, Bytes> headers, EpochOpener opener, SerialQueue queue)
            throws StoreException {
        Map<EpochName, StoredMessage> first = new LinkedHashMap<>();
        for (StoredMessage message : messages) {
            for (EpochName name :
                    EpochOpener.epochOf(message.envelope()).stream().toList()) {
                if (headers.containsKey(name) && !first.containsKey(name) && !given.containsKey(name) && !knows(name)) {
                    first.put(name, message);
                }
            }
        }
        if (first.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long since = failed.age();
        Unwrapping unwrapping = new Unwrapping();
        underWay.add(unwrapping);
        unwrapping.done = CompletableFuture.runAsync(
                () -> first.forEach((name, message) -> Optional.ofNullable(headers.get(name))
                        .ifPresent(header -> unwrapping.openings.put(name, unwrapped(message, header, opener)))),
                Threads.unwraps(budget.take(first.size())));
        CompletableFuture<Void> unwrapped = new CompletableFuture<>();
        queue.then(
                unwrapping.done,
                nothing -> {
                    keep(unwrapping, since);
                    unwrapped.complete(null);
                },
                failure -> {
                    keep(unwrapping, since);
                    unwrapped.completeExceptionally(failure);
                });
        return unwrapped;
    }

    private EpochOpening unwrapped(StoredMessage message, Bytes header, EpochOpener opener) {
        try {
            return claimed(message, opener.open(message, header));
        } catch (StoreException e) {
            throw new CompletionException(e);
        }
    }

    private void keep(Unwrapping unwrapping, long since) {
        underWay.remove(unwrapping);
        unwrapping.openings.forEach((name, opening) -> keep(name, opening, since));
    }

    private void keep(EpochName name, EpochOpening opening, long since) {
        if (opening instanceof OpenedEpoch && open.containsKey(name)) {
            erase(opening);
        } else if (opening instanceof OpenedEpoch opened) {
            begun(opened);
        } else if (opening instanceof Finding finding && finding.code() != FindingCode.UNKNOWN_EPOCH) {
            failed.put(name, finding, since);
        }
    }

    /** The epoch of a message, or why it does not open. */
    EpochOpening open(
            StoredMessage message, EpochName name, Optional<Bytes> header, EpochOpener opener, EpochInspector inspector)
            throws StoreException {
        Optional<OpenedEpoch> found = find(name).or(() -> openGiven(message, name, header, inspector));
        if (found.isPresent()) {
            return found.get();
        }
        Optional<Finding> before = failed.of(name);
        if (before.isPresent()) {
            return before.get().about(message);
        }
        Optional<Bytes> known = header.or(() -> Optional.ofNullable(headersOfForgotten.get(name)));
        if (known.isEmpty()) {
            return failed.before(name)
                    .map(finding -> finding.about(message))
                    .orElseGet(() -> EpochOpener.headerMissing(message));
        }
        EpochOpening opening = claimed(message, opener.open(message, known.get()));
        keep(name, opening, failed.age());
        return opening;
    }

    /** With the secret that the peer has given; one that the header does not commit to opens nothing. */
    private Optional<OpenedEpoch> openGiven(
            StoredMessage message, EpochName name, Optional<Bytes> header, EpochInspector inspector) {
        if (header.isEmpty() || !given.containsKey(name)) {
            return Optional.empty();
        }
        if (inspector.inspect(message, header.get()) instanceof SignedEpoch signed) {
            try (SecretBytes secret = given.remove(name)) {
                if (signed.open(message, secret) instanceof OpenedEpoch opened) {
                    begun(opened);
                    return Optional.of(opened);
                }
            }
        }
        return Optional.empty();
    }

    private EpochOpening claimed(StoredMessage message, EpochOpening opening) throws StoreException {
        try {
            return account.oneTimeUses().claim(message, opening);
        } catch (StoreException e) {
            erase(opening);
            throw e;
        } catch (PychatException e) {
            throw new IllegalStateException("only the store can stand in the way of noting a use", e);
        }
    }

    /** The header of an epoch that was opened here; empty of any other. */
    Bytes header(EpochName name) throws StoreException {
        return find(name).map(OpenedEpoch::header).orElse(Bytes.EMPTY);
    }

    /** The epoch, if it was opened here, now or ever. */
    Optional<OpenedEpoch> find(EpochName name) throws StoreException {
        OpenedEpoch here = open.get(name);
        if (here != null) {
            return Optional.of(here);
        }
        Optional<Bytes> stored = account.transcripts().epoch(peer, name);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        OpenedEpoch restored = account.records().epoch(peer, name, stored.get());
        put(restored);
        return Optional.of(restored);
    }

    private void put(OpenedEpoch epoch) {
        open.put(epoch.name(), epoch);
        Iterator<OpenedEpoch> eldest = open.values().iterator();
        // Those that no step has kept stay in any case, and must not drive out what was found a moment ago.
        while (open.size() - unsaved.size() > MAX_OPEN && eldest.hasNext()) {
            OpenedEpoch candidate = eldest.next();
            if (!unsaved.containsKey(candidate.name()) && !candidate.name().equals(epoch.name())) {
                eldest.remove();
                candidate.close();
            }
        }
    }

    /** What the next transcript step has to keep: epochs that its messages name and that no step has kept. */
    List<TranscriptEpoch> toSave(List<EpochName> named) {
        List<TranscriptEpoch> saved = new ArrayList<>();
        for (EpochName name : named) {
            OpenedEpoch epoch = unsaved.get(name);
            if (epoch != null && saved.stream().noneMatch(each -> each.name().equals(name))) {
                saved.add(new TranscriptEpoch(name, account.records().seal(peer, epoch)));
            }
        }
        return saved;
    }

    void saved(List<TranscriptEpoch> epochs) {
        epochs.forEach(epoch -> unsaved.remove(epoch.name()));
        if (!epochs.isEmpty()) {
            account.epochsStored(epochs.stream().map(TranscriptEpoch::name).toList());
        }
    }

    /**
     * The secrets of these are stored no more, and are erased here. A message that is being taken may have been told that its epoch is
     * known, and come without its header, which is no secret and stays.
     */
    void forget(Collection<EpochName> names) {
        for (EpochName name : names) {
            OpenedEpoch gone = unsaved.containsKey(name) ? null : open.remove(name);
            if (gone != null) {
                headersOfForgotten.put(name, gone.header());
                gone.close();
            }
        }
        Iterator<EpochName> eldest = headersOfForgotten.keySet().iterator();
        while (headersOfForgotten.size() > MAX_OPEN) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Pins or keys have changed, so what failed may open now. */
    void reconsider() {
        failed.reconsider();
    }

    private static void erase(EpochOpening opening) {
        if (opening instanceof OpenedEpoch opened) {
            opened.close();
        }
    }

    /** Erases what is open, and what is being opened when that is done. */
    @Override
    public void close() {
        underWay.forEach(Unwrapping::eraseWhenDone);
        open.values().forEach(OpenedEpoch::close);
        dropGiven();
        open.clear();
        unsaved.clear();
    }
}

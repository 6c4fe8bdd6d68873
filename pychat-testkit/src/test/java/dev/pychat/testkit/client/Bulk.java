package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import dev.pychat.store.ServerStores;
import dev.pychat.store.Submission;
import dev.pychat.testkit.key.PublishedKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A device that does nothing but write to one peer, a great deal and quickly: it seals as a client does, on a lane of its own, and
 * puts it into the server's store without a connection.
 */
final class Bulk implements AutoCloseable {

    private static final int BATCH = 256;

    private final SecureRandom random = new SecureRandom();
    private final ServerStores stores;
    private final Person from;
    private final Person to;
    private final Keyring keyring;
    private final ConversationContext context;
    private final EpochOffer offer;
    private final Sealer sealer;
    private final List<Submission> batch = new ArrayList<>();
    private Position seen = Position.NONE;
    private Supplier<Instant> stored = Instant::now;
    private final Instant now;
    private final List<OpenedEpoch> epochs = new ArrayList<>();
    private int written;

    Bulk(World world, Person from, Person to) throws Exception {
        this(world, from, to, published(world, to), Instant.now());
    }

    /** One that seals to a certain bundle of the peer, at a certain time. */
    Bulk(World world, Person from, Person to, Bytes bundle, Instant now) throws Exception {
        this.stores = world.stores();
        this.from = from;
        this.to = to;
        this.now = now;
        this.keyring = DeviceKeys.of(from);
        CheckedBundle peer = checked(to, bundle);
        this.context = ConversationContext.of(
                stores.realm(),
                from.user(),
                to.user(),
                List.of(keyring.identity().publicKey()),
                List.of(PinnedIdentity.always(peer.bundle().fields().identity())));
        CheckedBundle own = checked(from, published(world, from));
        this.offer = EpochOffer.keeping(keyring.identity().privateKey(), own, peer, now);
        this.sealer = Sealer.onNewLane(context, LaneId.random(random), random);
    }

    private static Bytes published(World world, Person whose) throws Exception {
        return world.stores().keys().latestBundle(whose.user()).orElseThrow().bytes();
    }

    private CheckedBundle checked(Person whose, Bytes bundle) throws Exception {
        return KeyBundle.parse(bundle).check(stores.realm(), whose.user(), new PublishedKeys().policy());
    }

    /** Writes so many messages more, the texts numbered on. */
    void write(int count) throws Exception {
        write(count, false);
    }

    /** The same with an epoch for each message. */
    void writeEachInItsOwnEpoch(int count) throws Exception {
        write(count, true);
    }

    private void write(int count, boolean alwaysBegin) throws Exception {
        for (int i = 0; i < count; i++) {
            written++;
            write(Content.text("bulk " + written), alwaysBegin);
        }
        flush();
    }

    /** Writes one message that says something else. */
    void write(Content content) throws Exception {
        write(content, false);
        flush();
    }

    private void write(Content content, boolean alwaysBegin) throws Exception {
        if (alwaysBegin || sealer.needsEpoch(offer, now).isPresent()) {
            SealedEpoch epoch = sealer.beginEpoch(offer, now);
            stores.keys().putEpoch(context.conversation(), epoch.name(), epoch.header());
            epochs.add(epoch.opened());
        }
        Sealed sealed =
                sealer.seal(MessageId.random(random), content, now, Position.NONE, View.empty(context.conversation()));
        add(sealed.id(), sealed.epoch(), sealed.lane(), sealed.before().id(), sealed.envelope());
    }

    /** When the server stores what is written from now on, as it says. */
    Bulk storedAt(Instant time) {
        stored = () -> time;
        return this;
    }

    /** The epochs that were begun. */
    List<OpenedEpoch> epochs() {
        return List.copyOf(epochs);
    }

    /** Writes what no client writes, in the same person's name. */
    void garbage() throws Exception {
        LaneId lane = LaneId.random(random);
        EpochName epoch = new EpochName(Bytes.random(random, EpochName.SIZE));
        Envelope envelope = new Envelope(Bytes.random(random, 500));
        seen = stores.messages().since(context.conversation(), Position.NONE, 1).head();
        add(MessageId.random(random), epoch, lane, MessageId.NONE, envelope);
        flush();
    }

    private void add(MessageId id, EpochName epoch, LaneId lane, MessageId after, Envelope envelope) throws Exception {
        batch.add(new Submission(
                context.conversation(),
                from.user(),
                to.user(),
                id,
                Sha256.of(envelope.value()),
                epoch,
                lane,
                after,
                seen,
                false,
                stored.get(),
                envelope));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void flush() throws Exception {
        assertThat(stores.messages().append(List.copyOf(batch))).hasOnlyElementsOfType(AppendResult.Appended.class);
        batch.clear();
    }

    @Override
    public void close() {
        epochs.forEach(OpenedEpoch::close);
        sealer.close();
        keyring.close();
    }
}

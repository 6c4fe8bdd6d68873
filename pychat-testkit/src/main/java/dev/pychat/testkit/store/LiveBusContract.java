package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pychat.bus.AccountHint;
import dev.pychat.bus.Hint;
import dev.pychat.bus.LiveBus;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.MessagePage;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import dev.pychat.store.memory.MemoryServerStores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * A live bus: hints reach who listens, and a reader that is woken by some of them and catches up from the store gets each
 * message once.
 */
public abstract class LiveBusContract {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Draw draw = Draw.announced(getClass());
    private final ConversationId conversation = draw.conversation();

    /** For subclasses. */
    protected LiveBusContract() {}

    /**
     * Opens a bus without listeners.
     *
     * @return the bus
     * @throws Exception if that fails, and so the test
     */
    protected abstract LiveBus open() throws Exception;

    @Test
    void hintReachesEveryListenerOfItsAccountAndNobodyElse() throws Exception {
        LiveBus bus = open();
        BlockingQueue<Hint> phone = new LinkedBlockingQueue<>();
        BlockingQueue<Hint> desk = new LinkedBlockingQueue<>();
        BlockingQueue<Hint> alice = new LinkedBlockingQueue<>();
        bus.subscribe(BOB, phone::add);
        bus.subscribe(BOB, desk::add);
        bus.subscribe(ALICE, alice::add);
        bus.publish(hint(BOB, 7));
        assertThat(next(phone)).isEqualTo(hint(BOB, 7));
        assertThat(next(desk)).isEqualTo(hint(BOB, 7));
        bus.publish(hint(ALICE, 8));
        assertThat(next(alice)).isEqualTo(hint(ALICE, 8));
        assertThat(phone).isEmpty();
        assertThat(desk).isEmpty();
    }

    @Test
    void wordAboutAnAccountReachesItsOwnConnectionsAndNobodyElse() throws Exception {
        LiveBus bus = open();
        BlockingQueue<AccountHint> bob = new LinkedBlockingQueue<>();
        BlockingQueue<AccountHint> alice = new LinkedBlockingQueue<>();
        LiveBus.Subscription first = bus.subscribeToAccount(BOB, bob::add);
        bus.subscribeToAccount(ALICE, alice::add);
        AccountHint changed = new AccountHint(BOB, draw.bytes(16), AccountHint.News.VAULT_CHANGED, 4);
        bus.publish(changed);
        assertThat(bob.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(changed);
        first.close();
        AccountHint last = new AccountHint(ALICE, draw.bytes(16), AccountHint.News.DELETED, 0);
        bus.publish(changed);
        bus.publish(last);
        assertThat(alice.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(last);
        assertThat(bob).isEmpty();
    }

    @Test
    void closedSubscriptionIsServedNoMore() throws Exception {
        LiveBus bus = open();
        BlockingQueue<Hint> ended = new LinkedBlockingQueue<>();
        BlockingQueue<Hint> kept = new LinkedBlockingQueue<>();
        LiveBus.Subscription subscription = bus.subscribe(BOB, ended::add);
        bus.subscribe(BOB, kept::add);
        subscription.close();
        subscription.close();
        bus.publish(hint(BOB, 1));
        assertThat(next(kept)).isEqualTo(hint(BOB, 1));
        assertThat(ended).isEmpty();
    }

    @Test
    void oneTargetSubscribedTwiceEndsOneAtATime() throws Exception {
        LiveBus bus = open();
        BlockingQueue<Hint> hints = new LinkedBlockingQueue<>();
        java.util.function.Consumer<Hint> target = hints::add;
        LiveBus.Subscription first = bus.subscribe(BOB, target);
        bus.subscribe(BOB, target);
        first.close();
        bus.publish(hint(BOB, 1));
        assertThat(next(hints)).isEqualTo(hint(BOB, 1));
        assertThat(hints).isEmpty();
    }

    @Test
    void failingListenerStopsNobody() throws Exception {
        LiveBus bus = open();
        BlockingQueue<Hint> hints = new LinkedBlockingQueue<>();
        bus.subscribe(BOB, hint -> {
            throw new IllegalStateException("a listener that fails on purpose");
        });
        bus.subscribe(BOB, hints::add);
        assertThatCode(() -> bus.publish(hint(BOB, 1))).doesNotThrowAnyException();
        bus.publish(hint(BOB, 2));
        assertThat(List.of(next(hints), next(hints))).containsExactlyInAnyOrder(hint(BOB, 1), hint(BOB, 2));
    }

    @Test
    void hintForNobodyIsLostInSilence() throws Exception {
        LiveBus bus = open();
        assertThatCode(() -> bus.publish(hint(BOB, 1))).doesNotThrowAnyException();
    }

    @Test
    void readerCatchesUpWhenHintsAreDroppedAndDoubled() throws Exception {
        LiveBus bus = open();
        try (ServerStores stores = MemoryServerStores.create(new SecureRandom())) {
            CatchingUp reader = new CatchingUp(stores);
            bus.subscribe(BOB, reader);
            Talker alice = new Talker(draw, conversation, ALICE, BOB);
            List<Submission> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sent.add(alice.next());
                stores.messages().append(List.of(sent.get(i)));
                for (int times = i == 199 ? 1 : draw.below(3); times > 0; times--) {
                    bus.publish(hint(BOB, i + 1));
                }
            }
            await(() -> reader.size() >= sent.size());
            assertThat(reader.delivered())
                    .extracting(StoredMessage::id)
                    .isEqualTo(sent.stream().map(Submission::id).toList());
        }
    }

    /** What a connection does: a hint makes it read from where it stopped. */
    private final class CatchingUp implements java.util.function.Consumer<Hint> {
        private final ServerStores stores;
        private final List<StoredMessage> delivered = new ArrayList<>();

        CatchingUp(ServerStores stores) {
            this.stores = stores;
        }

        @Override
        public synchronized void accept(Hint hint) {
            try {
                while (hint.head().value() > delivered.size()) {
                    MessagePage page = stores.messages().since(conversation, new Position(delivered.size()), 16);
                    delivered.addAll(page.messages());
                }
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        }

        synchronized List<StoredMessage> delivered() {
            return List.copyOf(delivered);
        }

        synchronized int size() {
            return delivered.size();
        }
    }

    private Hint hint(Username account, long head) {
        return new Hint(
                account, account.equals(BOB) ? ALICE : BOB, conversation, new Position(head), List.of(), Bytes.EMPTY);
    }

    private static Hint next(BlockingQueue<Hint> hints) throws InterruptedException {
        Hint hint = hints.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(hint).as("a hint within " + PATIENCE).isNotNull();
        return hint;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(5);
        }
    }
}

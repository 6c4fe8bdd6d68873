package dev.pychat.testkit.client;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientOptions;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.ClientTransport;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Alice, whose account forgets after a week, and Bob, on one clock that is put forward. */
final class Forgetful implements AutoCloseable {

    static final Duration DAY = Duration.ofDays(1);
    static final Duration WEEK = DAY.multipliedBy(7);

    final MovingClock clock = new MovingClock();
    final World world;
    final FaultyTransport wire;
    final AtomicReference<Position> forgotten = new AtomicReference<>(Position.NONE);
    final Person bob;
    Person alice;

    Forgetful() throws Exception {
        this(new MemoryClientStores());
    }

    Forgetful(ClientStores device) throws Exception {
        world = World.start();
        wire = new FaultyTransport(world.transport());
        bob = connect("bob", new MemoryClientStores(), world.transport());
        bob.client().signUp(bob.user(), World.passphrase("bob"));
        alice = connect("alice", device, wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        state(HistoryPolicy.forgetAfter(WEEK));
    }

    private Person connect(String name, ClientStores stores, ClientTransport over) throws Exception {
        return world.connect(name, stores, over, this::onTheClock);
    }

    private ClientOptions.Builder onTheClock(ClientOptions.Builder options) {
        return options.clock(clock.withZone(ZoneOffset.UTC));
    }

    /** Alice's account has another policy from now on. */
    void state(HistoryPolicy policy) throws Exception {
        alice.close();
        DeviceKeys.state(alice, policy);
        logIn();
    }

    /** Alice's device is started again. */
    void restart() throws Exception {
        alice.close();
        logIn();
    }

    void logIn() throws Exception {
        alice = connect("alice", alice.stores(), wire);
        alice.client().addListener(new ClientListener() {
            @Override
            public void onForgotten(Username peer, Position upTo) {
                forgotten.set(upTo);
            }
        });
        alice.client().logIn(alice.user(), World.passphrase("alice"));
        alice.awaitOnline(bob);
    }

    /** Says something, and waits until both have it. */
    void says(Person speaker, String text) throws Exception {
        int told = alice.told().size();
        int toldBob = bob.told().size();
        speaker.say(speaker == alice ? bob : alice, text);
        alice.awaitTold(told + 1);
        bob.awaitTold(toldBob + 1);
        alice.awaitAccepted();
        bob.awaitAccepted();
    }

    /** Time goes on, and Alice looks at the history until so much of it is forgotten. */
    void forgets(Duration later, long upTo) throws Exception {
        clock.goOn(later);
        alice.with(bob).history(Position.NONE, 1);
        awaitForgotten(upTo);
    }

    void awaitForgotten(long upTo) {
        Person.await(() -> forgotten.get().value() == upTo, () -> "forgotten up to " + forgotten);
    }

    Opened alicesDevice() throws Exception {
        return Opened.device(alice, bob);
    }

    /** What somebody's history shows: the text, "forgotten", or what was found. */
    static List<String> shown(List<ChatMessage> messages) {
        return messages.stream()
                .map(message ->
                        message.forgotten() ? "forgotten" : message.text().orElse("?" + message.findings()))
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}

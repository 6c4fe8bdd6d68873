package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.Acceptance;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.ClientState;
import dev.pychat.client.MessageState;
import dev.pychat.client.Receipt;
import dev.pychat.client.ServerUnreachableException;
import dev.pychat.client.TimedOutException;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Follow;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.Resume;
import dev.pychat.wire.Submit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client does on a network that loses its connection, its bytes or its answers. */
class BadNetworkTest {

    private World world;
    private Person bob;
    private FaultyTransport faulty;
    private Person alice;
    private final List<ClientFrame> sent = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        bob = world.signUp("bob");
        faulty = new FaultyTransport(world.transport());
        faulty.outgoing(frame -> {
            sent.add(frame);
            return Optional.of(frame);
        });
        alice = world.connect("alice", new MemoryClientStores(), faulty);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static Acceptance accepted(Receipt receipt) throws Exception {
        return receipt.accepted().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static void awaitState(Person person, Class<? extends ClientState> state) {
        Person.await(
                () -> person.states().stream().anyMatch(state::isInstance),
                () -> person.user() + " was told " + person.states());
    }

    @Test
    void lostConnectionIsResumedByTokenFromTheLastPositionHeld() throws Exception {
        for (int i = 1; i <= 3; i++) {
            accepted(bob.say(alice, "before " + i));
        }
        alice.awaitTold(3);
        sent.clear();
        faulty.cut();
        bob.say(alice, "after");
        alice.awaitTold(4);
        assertThat(sent).hasAtLeastOneElementOfType(Resume.class).doesNotHaveAnyElementsOfTypes(LogIn.class);
        assertThat(sent)
                .filteredOn(Follow.class::isInstance)
                .extracting(frame -> ((Follow) frame).after())
                .containsExactly(new Position(3));
        assertThat(alice.textsTold()).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void stateGoesThroughWaitingAndConnectingBackToOnlineAndEndsClosed() throws Exception {
        Instant before = Instant.now();
        faulty.cut();
        Person.await(() -> endsOnline(alice.states()), () -> "alice was told " + alice.states());
        List<ClientState> states = alice.states();
        List<ClientState> back = states.subList(
                states.indexOf(states.stream()
                        .filter(ClientState.Waiting.class::isInstance)
                        .findFirst()
                        .orElseThrow()),
                states.size());
        assertThat(back.get(0)).isInstanceOf(ClientState.Waiting.class);
        assertThat(((ClientState.Waiting) back.get(0)).retryAt())
                .isBetween(before, Instant.now().plusMillis(200));
        assertThat(back.get(1)).isEqualTo(new ClientState.Connecting());
        assertThat(back.get(back.size() - 1)).isEqualTo(new ClientState.Online());
        alice.close();
        Person.await(
                () -> alice.states().contains(new ClientState.Closed("the program closed it")),
                () -> "alice was told " + alice.states());
        assertThat(alice.client().state()).isEqualTo(new ClientState.Closed("the program closed it"));
    }

    private static boolean endsOnline(List<ClientState> states) {
        return states.stream().anyMatch(ClientState.Waiting.class::isInstance)
                && states.get(states.size() - 1) instanceof ClientState.Online;
    }

    @Test
    void whatIsSentOfflineIsQueuedAndThenAcceptedUnderTheIdThatItHad() throws Exception {
        // The first message brings keys, with which the next one is sealed offline.
        accepted(alice.say(bob, "hello"));
        world.stopServer();
        awaitState(alice, ClientState.Waiting.class);
        Receipt receipt = alice.say(bob, "written offline");
        receipt.kept().toCompletableFuture().get(120, TimeUnit.SECONDS);
        assertThat(receipt.state()).isEqualTo(new MessageState.Queued());
        assertThat(receipt.accepted().toCompletableFuture()).isNotDone();
        assertThat(alice.with(bob).pending().messages())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.id()).isEqualTo(receipt.id()));
        MessageId id = receipt.id();
        world.startServerAgain();
        assertThat(accepted(receipt).id()).isEqualTo(id);
        assertThat(receipt.state()).isEqualTo(new MessageState.Accepted());
        bob.awaitTold(2);
        assertThat(bob.told())
                .last()
                .satisfies(message -> assertThat(message.id()).isEqualTo(id));
    }

    /** The server has stored it, and whatever says so is lost: the future says nothing until it is known. */
    @Test
    void answerThatWasLostIsUnknownUntilTheReconnectSettlesIt() throws Exception {
        accepted(alice.say(bob, "hello"));
        faulty.incoming(
                frame -> frame instanceof Accepted || frame instanceof Message ? Optional.empty() : Optional.of(frame));
        Receipt receipt = alice.say(bob, "did you get it?");
        bob.awaitTold(2);
        MessageId stored = bob.told().get(1).id();
        assertThat(receipt.accepted().toCompletableFuture()).isNotDone();
        assertThat(receipt.state()).isEqualTo(new MessageState.Queued());
        sent.clear();
        faulty.incoming(Optional::of);
        faulty.cut();
        Acceptance acceptance = accepted(receipt);
        assertThat(acceptance.id()).isEqualTo(stored);
        assertThat(acceptance.position()).isEqualTo(new Position(2));
        assertThat(sent.stream().filter(Submit.class::isInstance).map(frame -> ((Submit) frame).mid()))
                .allMatch(stored::equals);
        alice.awaitTold(2);
        assertThat(bob.textsTold()).containsExactly("alice: hello", "alice: did you get it?");
        faulty.submitted().forEach((id, bytes) -> assertThat(bytes).as("%s", id).hasSize(1));
    }

    @Test
    void halfOpenConnectionIsNoticedAndWhatWasSentOverItComesThroughOnce() throws Exception {
        try (World tls = World.startOverTls(limits -> limits);
                Relay relay = Relay.to(tls.port())) {
            Person carol = tls.signUp("carol");
            Duration pingAfter = Duration.ofMillis(200);
            Duration answer = Duration.ofSeconds(2);
            Person dan = tls.connect(
                    "dan",
                    new MemoryClientStores(),
                    tls.transport(relay.port()),
                    options -> options.pingAfter(pingAfter).requestTimeout(Duration.ofSeconds(10)));
            dan.client().signUp(dan.user(), World.passphrase("dan"));
            dan.close();
            Person back = tls.connect(
                    "dan",
                    dan.stores(),
                    tls.transport(relay.port()),
                    options -> options.pingAfter(pingAfter).requestTimeout(answer));
            logIn(back);
            accepted(back.say(carol, "over a good line"));
            long before = waits(back);
            relay.swallow();
            long begun = System.nanoTime();
            Receipt receipt = back.say(carol, "over a dead line");
            Person.await(() -> waits(back) > before, () -> "dan was told " + back.states());
            Duration noticed = Duration.ofNanos(System.nanoTime() - begun);
            System.out.println("half-open connection: noticed and closed after " + noticed.toMillis()
                    + " ms, where a ping goes out after " + pingAfter.toMillis() + " and an answer is waited for "
                    + answer.toMillis());
            // 1.25 x pingAfter + answer + linger; a machine that is busy with other tests may be late.
            assertThat(noticed).isLessThan(Duration.ofSeconds(30));
            assertThat(receipt.accepted().toCompletableFuture().isCompletedExceptionally())
                    .isFalse();
            accepted(receipt);
            carol.awaitTold(2);
            assertThat(carol.textsTold()).containsExactly("dan: over a good line", "dan: over a dead line");
        }
    }

    /** On a machine that is busy an answer may take longer than this client waits. */
    private static void logIn(Person person) throws Exception {
        while (person.client().user().isEmpty()) {
            try {
                person.client()
                        .logIn(person.user(), World.passphrase(person.user().value()));
            } catch (TimedOutException | ServerUnreachableException late) {
                // Once more.
            }
        }
    }

    private static long waits(Person person) {
        return person.states().stream()
                .filter(ClientState.Waiting.class::isInstance)
                .count();
    }

    @Test
    void clientWithNothingToSayIsKeptByAServerThatEndsSilentConnections() throws Exception {
        try (World strict = World.startOverTls(limits -> limits.idleTime(Duration.ofMillis(2_500)))) {
            Person erin = strict.connect(
                    "erin",
                    new MemoryClientStores(),
                    strict.transport(),
                    options -> options.pingAfter(Duration.ofMillis(100)));
            erin.client().signUp(erin.user(), World.passphrase("erin"));
            Person mute = strict.connect(
                    "mute",
                    new MemoryClientStores(),
                    strict.transport(),
                    options -> options.pingAfter(Duration.ofMinutes(5))
                            .firstRetry(Duration.ofMinutes(1))
                            .longestRetry(Duration.ofMinutes(1)));
            mute.client().signUp(mute.user(), World.passphrase("mute"));
            // When the server has ended the one that says nothing, the other one has been silent as long, but for its
            // pings.
            awaitState(mute, ClientState.Waiting.class);
            assertThat(erin.client().state()).isEqualTo(new ClientState.Online());
            assertThat(erin.states()).doesNotHaveAnyElementsOfTypes(ClientState.Waiting.class);
        }
    }

    @Test
    void pingGoesOutWhereTheServerTalksAndTheClientHasNothingToSay() throws Exception {
        AtomicBoolean pinged = new AtomicBoolean();
        FaultyTransport watched = new FaultyTransport(world.transport());
        Person frank = world.connect(
                "frank", new MemoryClientStores(), watched, options -> options.pingAfter(Duration.ofMillis(400)));
        frank.client().signUp(frank.user(), World.passphrase("frank"));
        watched.outgoing(frame -> {
            pinged.compareAndSet(false, frame instanceof Ping);
            return Optional.of(frame);
        });
        Person.await(
                () -> {
                    watched.deliver(new Pong(1L << 40, Instant.now()));
                    return pinged.get();
                },
                () -> "nothing was said");
    }

    @Test
    void defaultsAreAsDocumented() {
        ClientOptions options = ClientOptions.of(world.transport(), new MemoryClientStores());
        assertThat(options.pingAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.firstRetry()).isEqualTo(Duration.ofMillis(250));
        assertThat(options.longestRetry()).isEqualTo(Duration.ofSeconds(30));
    }
}

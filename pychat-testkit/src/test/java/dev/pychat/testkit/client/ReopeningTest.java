package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.key.ConversationIds;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.keyring.DeviceSealer;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.testkit.liar.Lie;
import dev.pychat.testkit.liar.Lies;
import dev.pychat.transport.ClientTransport;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.VaultGet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that did not open, and what opens them later without anybody sending them again (ENVELOPE.md, section 9.3). */
class ReopeningTest {

    private final SecureRandom random = new SecureRandom();
    private final MovingClock clock = new MovingClock();
    private World world;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Person signUp(String name) throws Exception {
        Person person = on(name, new MemoryClientStores(), world.transport());
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    private Person logIn(String name, ClientStores stores, ClientTransport way) throws Exception {
        Person person = on(name, stores, way);
        person.client().logIn(person.user(), World.passphrase(name));
        return person;
    }

    private Person on(String name, ClientStores stores, ClientTransport way) throws Exception {
        return world.connect(name, stores, way, this::onTheClock);
    }

    private ClientOptions.Builder onTheClock(ClientOptions.Builder options) {
        return options.clock(clock.withZone(ZoneOffset.UTC));
    }

    private static void awaitOpened(Person person, String... texts) {
        Person.await(
                () -> Person.texts(person.openedLate()).equals(List.of(texts)),
                () -> person.user() + " opened late " + Person.texts(person.openedLate()) + ", notices "
                        + person.notices());
    }

    private static List<FindingCode> found(Person person) {
        return person.told().stream()
                .flatMap(message -> message.findings().stream())
                .map(Finding::code)
                .toList();
    }

    @Test
    void messageOpensByItselfWhenItsKeyComesWithTheVault() throws Exception {
        Person phone = signUp("alice");
        Person bob = signUp("bob");
        bob.say(phone, "one");
        bob.awaitAccepted();
        FaultyTransport wire = new FaultyTransport(world.transport());
        Person tablet = logIn("alice", new MemoryClientStores(), wire);
        tablet.awaitTold(1);
        busyWithVaults(wire);
        phone.client().rotateKeys();
        phone.close();
        clock.goOn(Duration.ofHours(25));
        bob.say(phone, "on the new key");
        bob.awaitAccepted();
        bob.close();
        tablet.awaitTold(2);
        assertThat(found(tablet)).containsExactly(FindingCode.UNKNOWN_KEY);

        wire.outgoing(Optional::of);
        awaitOpened(tablet, "bob: on the new key");
        assertThat(Person.texts(tablet.history(bob)).subList(0, 2)).containsExactly("bob: one", "bob: on the new key");
    }

    private static void busyWithVaults(FaultyTransport wire) {
        wire.outgoing(frame -> {
            if (frame instanceof VaultGet asked) {
                wire.deliver(new Failure(asked.id(), ErrorCode.BUSY, "busy"));
                return Optional.empty();
            }
            return Optional.of(frame);
        });
    }

    /** The first message comes before the decision, and so does the first one of an epoch that goes on after it. */
    @Test
    void messagesUnderALowerSuiteOpenOnceThePersonAcceptsIt() throws Exception {
        Person alice = signUp("alice");
        Person bob = signUp("bob");
        bob.say(alice, "in suite 2");
        bob.awaitAccepted();
        alice.awaitTold(1);
        publishSuiteOneAlone(bob);
        try (Bulk lower = new Bulk(world, bob, alice)) {
            lower.write(1);
            alice.say(bob, "nudge");
            alice.awaitTold(3);
            assertThat(found(alice)).containsExactly(FindingCode.SUITE_BELOW_MINIMUM);
            alice.with(bob)
                    .acceptSuite(
                            alice.with(bob).identity().suite().orElseThrow().after());
            awaitOpened(alice, "bob: bulk 1");
            lower.write(1);
            alice.say(bob, "nudge again");
            alice.awaitTold(5);
        }
        assertThat(Person.texts(alice.history(bob)))
                .containsExactly("bob: in suite 2", "bob: bulk 1", "alice: nudge", "bob: bulk 2", "alice: nudge again");
    }

    /** Another program of the person, or somebody who has the person's keys. */
    private void publishSuiteOneAlone(Person person) throws Exception {
        KeyBundle last = KeyBundle.parse(
                world.stores().keys().latestBundle(person.user()).orElseThrow().bytes());
        KeySection wrapping = last.fields().sections().stream()
                .filter(section -> section.suite().equals(Suite.RSA))
                .findAny()
                .orElseThrow();
        long serial = last.fields().serial();
        try (Keyring keys = DeviceKeys.of(person)) {
            Bytes lesser = new BundleDraft(last)
                    .following(last.hash())
                    .offering(Suite.RSA, wrapping)
                    .signedBy(keys);
            person.close();
            world.stores().keys().putBundle(person.user(), serial, new StoredBundle(serial + 1, lesser));
        }
    }

    @Test
    void messageWhoseHeaderWasWithheldOpensWhenTheConversationIsOpened() throws Exception {
        FaultyTransport wire = new FaultyTransport(world.transport());
        Person bob = signUp("bob");
        Person alice = on("alice", new MemoryClientStores(), wire);
        alice.client().signUp(alice.user(), World.passphrase("alice"));
        withheldOnce(alice, bob);
        AtomicInteger asked = new AtomicInteger();
        wire.outgoing(frame -> {
            if (frame instanceof GetEpochs) {
                asked.incrementAndGet();
            }
            return Optional.of(frame);
        });
        for (int i = 0; i < 5; i++) {
            alice.history(bob);
        }
        assertThat(asked).as("asked within a minute").hasValue(1);
        assertThat(alice.openedLate()).isEmpty();

        world.liar().beHonest();
        clock.goOn(Duration.ofMinutes(2));
        assertThat(Person.texts(alice.history(bob))).containsExactly("bob: under a header");
    }

    @Test
    void messageWhoseHeaderWasWithheldOpensByItselfWithTheNextStart() throws Exception {
        Person bob = signUp("bob");
        Person alice = signUp("alice");
        withheldOnce(alice, bob);
        alice.close();
        world.liar().beHonest();
        Person again = logIn("alice", alice.stores(), world.transport());
        awaitOpened(again, "bob: under a header");
    }

    private void withheldOnce(Person alice, Person bob) throws Exception {
        Lie withheld = Lies.edit(new Position(1), shown -> shown.withHeader(Bytes.EMPTY));
        world.liar().tell(alice.user(), bob.user(), withheld);
        bob.say(alice, "under a header");
        bob.awaitAccepted();
        alice.awaitTold(1);
        assertThat(found(alice)).containsExactly(FindingCode.UNKNOWN_EPOCH);
    }

    @Test
    void newerProgramOpensByItselfWhatTheOneBeforeItDidNotKnow() throws Exception {
        Person alice = signUp("alice");
        Person bob = signUp("bob");
        bob.say(alice, "of a newer version");
        bob.awaitAccepted();
        alice.awaitTold(1);
        alice.close();
        bob.close();
        Person updated = logIn("alice", asAnOlderProgramLeftIt(alice, bob), world.transport());
        awaitOpened(updated, "bob: of a newer version");
        assertThat(Person.texts(updated.history(bob))).containsExactly("bob: of a newer version");
    }

    /** The stores of a device whose program did not know the version of the only message. */
    private ClientStores asAnOlderProgramLeftIt(Person alice, Person bob) throws Exception {
        LocalAccount account = DeviceKeys.account(alice);
        TranscriptStore held = alice.stores().transcripts(account);
        TranscriptEntry entry = held.page(bob.user(), new Position(2), 1).get(0);
        MemoryClientStores older = new MemoryClientStores();
        Bytes keys = alice.stores().keyrings().load(account).orElseThrow().value();
        older.keyrings().save(account, 0, keys);
        Bytes pin = alice.stores().pins(account).load(bob.user()).orElseThrow().value();
        older.pins(account).save(bob.user(), 0, pin);
        TranscriptEntry closed = new TranscriptEntry(
                entry.position(),
                entry.id(),
                EpochName.NONE,
                -1,
                entry.envelopeHash(),
                entry.viewHash(),
                closedRecord(alice, bob));
        older.transcripts(account)
                .append(new TranscriptStep(
                        bob.user(),
                        List.of(closed),
                        List.of(),
                        held.span(bob.user()).state()));
        return older;
    }

    private Bytes closedRecord(Person alice, Person bob) throws Exception {
        Finding finding = new Finding(
                FindingCode.UNSUPPORTED,
                "of a newer version",
                ConversationIds.of(world.stores().realm(), alice.user(), bob.user()),
                new Position(1),
                bob.user(),
                LaneId.random(random),
                new Position(1),
                new Position(1));
        Instant now = clock.instant();
        try (Keyring keyring = DeviceKeys.of(alice);
                DeviceSealer sealer = keyring.deviceSealer(random);
                BinaryWriter context = new BinaryWriter();
                BinaryWriter record = new BinaryWriter()) {
            record.u8(2).time(now).username(bob.user()).bool(false).time(now).time(now);
            record.bool(false).u8(1).bytes16(finding.encode());
            Bytes place = context.username(bob.user()).u64(1).toBytes();
            return sealer.seal(Label.HISTORY_ENTRY, place, record.toBytes().toArray());
        }
    }
}

package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ServerLimits;
import dev.pychat.transport.Connection;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.transport.ServerTransport;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.SignUp;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import dev.pychat.wire.WireLimits;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What one address or account can make the server do, over the wire; others are served meanwhile. */
class AllowanceTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    /** Nothing is filled up again while it stands still. */
    private static final Clock STOPPED = Clock.fixed(Instant.parse("2026-11-22T14:00:00Z"), ZoneOffset.UTC);

    private static final int REFUSALS = 256;
    private static final int HEADERS = (8 << 20) / WireLimits.MAX_EPOCH_HEADER;

    @Test
    void floodOfSignUpsIsBusyWhileOthersLogInAndSignUp() throws Exception {
        InProcessTransport elsewhere = InProcessTransport.create();
        ServerLimits few = ServerLimits.builder().freeSignUps(3).build();
        try (TestServer server = TestServer.start(
                options -> options.limits(few).clock(STOPPED).transport(from("203.0.113.9", elsewhere)))) {
            server.signedUp("alice");
            server.signedUp("bob");
            server.signedUp("carol");
            RawClient flooder = server.client();
            flooder.hello();
            for (int i = 0; i < 20; i++) {
                Username name = new Username("flood" + i);
                assertBusy(flooder.ask(Failure.class, id -> signUp(id, name)));
            }
            server.loggedIn("alice").ask(Pong.class, Ping::new);
            try (RawClient other = RawClient.connect(elsewhere.client());
                    RawClient another = RawClient.connect(elsewhere.client())) {
                assertThat(other.logIn("bob").user()).isEqualTo(BOB);
                assertThat(another.signUp("dave").user()).isEqualTo(new Username("dave"));
            }
        }
    }

    @Test
    void refusedMessagesAreBusyInTheEndWhileReadingAndOthersGoOn() throws Exception {
        try (TestServer server = TestServer.start(options -> options.clock(STOPPED))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            for (int i = 0; i < REFUSALS; i++) {
                Submit behindNothing = behind(MessageId.random(RANDOM), lane);
                assertThat(alice.ask(Failure.class, id -> RawLane.numbered(behindNothing, id))
                                .code())
                        .isEqualTo(ErrorCode.OUT_OF_SEQUENCE);
            }
            Submit oneMore = behind(MessageId.random(RANDOM), lane);
            assertBusy(alice.ask(Failure.class, id -> RawLane.numbered(oneMore, id)));
            assertThat(alice.ask(Message.class, id -> new Since(id, BOB, Position.NONE, 10))
                            .items())
                    .hasSize(1);
            assertThat(new RawLane(bob, "alice").send("two").position()).isEqualTo(new Position(2));
        }
    }

    @Test
    void repetitionsAsAfterALostConnectionAreNotBusy() throws Exception {
        try (TestServer server = TestServer.start(options -> options.clock(STOPPED))) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            Submit again = lane.next("one");
            for (int i = 0; i < 4 * REFUSALS; i++) {
                assertThat(alice.ask(Accepted.class, id -> RawLane.numbered(again, id))
                                .items())
                        .hasSize(1);
            }
        }
    }

    @Test
    void floodOfEpochHeadersIsBusyWhileOthersLeaveTheirs() throws Exception {
        try (TestServer server = TestServer.start(options -> options.clock(STOPPED))) {
            RawClient alice = server.signedUp("alice");
            RawClient bob = server.signedUp("bob");
            for (int i = 0; i < HEADERS; i++) {
                alice.ask(Ok.class, id -> header(id, BOB));
            }
            assertBusy(alice.ask(Failure.class, id -> header(id, BOB)));
            bob.ask(Ok.class, id -> header(id, ALICE));
        }
    }

    @Test
    void floodOfTheShortestEpochHeadersIsBusyAsSoonAsOneOfUsualOnes() throws Exception {
        try (TestServer server = TestServer.start(options -> options.clock(STOPPED))) {
            RawClient alice = server.signedUp("alice");
            server.signedUp("bob");
            for (int i = 0; i < (8 << 20) / 1_600; i++) {
                alice.ask(Ok.class, id -> header(id, BOB, 1));
            }
            assertBusy(alice.ask(Failure.class, id -> header(id, BOB, 1)));
        }
    }

    @Test
    void floodOfKeyBundlesIsBusyToo() throws Exception {
        try (TestServer server = TestServer.start(options -> options.clock(STOPPED))) {
            RawClient alice = server.signedUp("alice");
            int bundles = (8 << 20) / WireLimits.MAX_BUNDLE;
            for (int i = 0; i < bundles; i++) {
                long serial = i + 1L;
                alice.ask(Ok.class, id -> bundle(id, serial));
            }
            assertBusy(alice.ask(Failure.class, id -> bundle(id, bundles + 1L)));
        }
    }

    private static PutBundle bundle(long id, long serial) {
        return new PutBundle(id, serial, serial - 1, Bytes.random(RANDOM, WireLimits.MAX_BUNDLE));
    }

    private static void assertBusy(Failure refused) {
        assertThat(refused.code()).isEqualTo(ErrorCode.BUSY);
        assertThat(refused.details().retryAfter()).isGreaterThan(Duration.ZERO);
    }

    /** The transport, as if who reaches it came from an address. */
    private static ServerTransport from(String address, InProcessTransport transport) {
        return acceptor -> transport.listen(connection -> acceptor.accept(at(address, connection)));
    }

    @SuppressWarnings("unchecked")
    private static Connection<ServerFrame> at(String address, Connection<ServerFrame> connection) {
        return Seams.proxy(
                Connection.class,
                (self, method, arguments) -> method.getName().equals("remoteAddress")
                        ? address
                        : Seams.invoke(connection, method, arguments));
    }

    private static SignUp signUp(long id, Username name) {
        KdfCost cheap = new KdfCost(8, 1, 1);
        return new SignUp(
                id,
                name,
                Bytes.random(RANDOM, 16),
                Bytes.random(RANDOM, 32),
                cheap,
                RawClient.device(name.value()),
                RawClient.secret(name.value()));
    }

    private static PutEpoch header(long id, Username to) {
        return header(id, to, WireLimits.MAX_EPOCH_HEADER);
    }

    private static PutEpoch header(long id, Username to, int size) {
        Bytes header = Bytes.random(RANDOM, size);
        return new PutEpoch(id, to, new EpochName(Sha256.of(header)), header);
    }

    /** A message behind one that is not there. */
    private static Submit behind(MessageId after, RawLane lane) {
        Submit next = lane.next("x");
        return new Submit(
                1,
                next.to(),
                next.mid(),
                next.hash(),
                next.epoch(),
                next.lane(),
                after,
                next.seen(),
                false,
                next.envelope());
    }
}

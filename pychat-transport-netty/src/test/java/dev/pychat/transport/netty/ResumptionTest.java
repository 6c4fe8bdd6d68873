package dev.pychat.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pychat.model.Bytes;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ClientCertificate;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerPins;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Ping;
import dev.pychat.wire.ServerFrame;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a client takes up the TLS session of its last connection, and when it must not: nobody judges a certificate then. */
@Timeout(120)
class ResumptionTest {

    private final TestCertificates first = TestCertificates.selfSigned("localhost");
    private final TestCertificates second = TestCertificates.selfSigned("localhost");
    private final TestCertificates issuer = TestCertificates.issuer();
    private final Pins pins = new Pins(first);
    private volatile Shown shown = new Shown(first, issuer);
    private Listener listener;
    private Tap tap;
    private ClientTransport way;
    private ClientTransport client;

    /** Who serves. */
    private enum Server {
        NATIVE,
        PORTABLE,
        SOCKETS
    }

    /** What the server shows, made once so that it knows its tickets again. */
    private record Shown(ServerCertificate certificate, SSLContext context) {
        Shown(TestCertificates certificates, TestCertificates issuer) {
            this(
                    NettyEnds.shown(certificates).withClientIssuers(List.of(issuer.certificate())),
                    certificates.serverContext(issuer));
        }
    }

    /** Pins in memory. */
    private static final class Pins implements ServerPins {
        private volatile Optional<KeyPin> pin;
        private volatile Optional<KeyPin> next = Optional.empty();

        Pins(TestCertificates accepted) {
            pin = pinned(accepted);
        }

        @Override
        public Optional<KeyPin> pin(String host, int port) {
            return pin;
        }

        @Override
        public Optional<KeyPin> next(String host, int port) {
            return next;
        }

        @Override
        public void changed(String host, int port, KeyPin shown) {
            pin = Optional.of(shown);
            next = Optional.empty();
        }
    }

    private static Optional<KeyPin> pinned(TestCertificates accepted) {
        return Optional.of(KeyPin.of(accepted.certificate()));
    }

    private void begin(Server server) throws Exception {
        begin(server, Optional.empty());
    }

    private void begin(Server server, Optional<ClientCertificate> own) throws Exception {
        listener = transport(server, own.isPresent()).listen(Answering::new);
        tap = new Tap(listener.port());
        ServerTrust trust = ServerTrust.pins(pins);
        TransportOptions options = TransportOptions.DEFAULT;
        way = own.isPresent()
                ? TlsSocketTransport.client("localhost", tap.port(), trust, own.get(), options)
                : TlsSocketTransport.client("localhost", tap.port(), trust, options);
        client = way.forOneClient();
    }

    private ServerTransport transport(Server server, boolean certified) {
        InetSocketAddress anyPort = new InetSocketAddress(NettyEnds.HERE, 0);
        TransportOptions options = TransportOptions.DEFAULT;
        if (server == Server.SOCKETS) {
            return certified
                    ? TlsSocketTransport.serverOfCertified(anyPort, () -> shown.context, options)
                    : TlsSocketTransport.server(anyPort, () -> shown.context, options);
        }
        Platform platform = server == Server.NATIVE ? Platform.best() : Platform.portable();
        return NettyTransport.listening(platform, anyPort, () -> shown.certificate, certified, options);
    }

    @AfterEach
    void end() throws Exception {
        tap.close();
        listener.close();
    }

    @ParameterizedTest
    @EnumSource
    void clientThatComesBackGoesOnWithItsSession(Server server) throws Exception {
        begin(server);
        for (int times = 0; times < 4; times++) {
            assertThat(visit(client)).isEqualTo(pinned(first));
        }
        assertThat(resumed()).containsExactly(false, true, true, true);
    }

    /** Whoever looks on would know the client again by a ticket that comes twice (RFC 8446, appendix C.4). */
    @ParameterizedTest
    @EnumSource
    void noTicketIsOfferedTwice(Server server) throws Exception {
        begin(server);
        for (int times = 0; times < 6; times++) {
            visit(client);
        }
        List<Bytes> offered = new ArrayList<>();
        for (Hello hello : tap.clients()) {
            offered.addAll(hello.tickets());
        }
        assertThat(offered).hasSize(5).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void clientsApartOfferNothingOfEachOther(Server server) throws Exception {
        begin(server);
        visit(client);
        visit(way.forOneClient());
        visit(way);
        visit(way);
        assertNothingWasOffered();
    }

    @ParameterizedTest
    @EnumSource
    void sessionOfAServerWhosePinHasChangedIsNotTakenUp(Server server) throws Exception {
        begin(server);
        visit(client);
        pins.pin = pinned(second);
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        pins.pin = pinned(first);
        visit(client);
        assertNothingWasOffered();
    }

    @ParameterizedTest
    @EnumSource
    void sessionOfAServerThatWasForgottenIsNotTakenUp(Server server) throws Exception {
        begin(server);
        visit(client);
        pins.pin = Optional.empty();
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.UNKNOWN);
        pins.pin = pinned(first);
        visit(client);
        assertNothingWasOffered();
    }

    @ParameterizedTest
    @EnumSource
    void pinThatChangesInTheMiddleOfAHandshakeCountsForTheNext(Server server) throws Exception {
        begin(server);
        pins.pin = pinned(second);
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        client = TlsSocketTransport.client(
                        "localhost", tap.port(), ServerTrust.pins(new AcceptedMeanwhile()), TransportOptions.DEFAULT)
                .forOneClient();
        visit(client);
        pins.pin = pinned(second);
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        assertNothingWasOffered();
    }

    /** Another key is accepted between the look before the handshake and the judgement. */
    private final class AcceptedMeanwhile implements ServerPins {
        private boolean looked;

        @Override
        public Optional<KeyPin> pin(String host, int port) {
            Optional<KeyPin> found = pins.pin;
            if (!looked) {
                looked = true;
                pins.pin = pinned(first);
            }
            return found;
        }
    }

    @ParameterizedTest
    @EnumSource
    void serverWithAnotherKeyIsJudgedByIt(Server server) throws Exception {
        begin(server);
        visit(client);
        shown = new Shown(second, issuer);
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        pins.next = pinned(second);
        assertThat(visit(client)).isEqualTo(pinned(second));
        assertThat(pins.pin).isEqualTo(pinned(second));
        visit(client);
        visit(client);
        shown = new Shown(first, issuer);
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        assertThat(resumed()).containsExactly(false, false, false, false, true, false);
    }

    /** Whoever has pinned a key takes it with any certificate, but not out of a time in which that was good. */
    @ParameterizedTest
    @EnumSource
    void sessionEndsWithTheCertificateThatWasShown(Server server) throws Exception {
        TestCertificates old = TestCertificates.expired("localhost");
        shown = new Shown(old, issuer);
        pins.pin = pinned(old);
        begin(server);
        visit(client);
        visit(client);
        assertNothingWasOffered();
    }

    @ParameterizedTest
    @EnumSource
    void clientWithACertificateGoesOnWithItsSession(Server server) throws Exception {
        TestCertificates own = issuer.issue("device");
        begin(server, Optional.of(ClientCertificate.pem(own.certificatePem(), own.privateKeyPem())));
        visit(client);
        visit(client);
        assertThat(resumed()).containsExactly(false, true);
    }

    private List<Boolean> resumed() throws Exception {
        return tap.answers().stream().map(Hello::resumes).toList();
    }

    private void assertNothingWasOffered() throws Exception {
        for (Hello hello : tap.clients()) {
            assertThat(hello.tickets()).isEmpty();
        }
    }

    /** Connects, is answered and goes; the key that the server has. */
    private static Optional<KeyPin> visit(ClientTransport over) throws Exception {
        CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
        Connection<ClientFrame> connection = over.connect(opened -> new Waiting(answer));
        connection.send(new Ping(1));
        answer.get(1, TimeUnit.MINUTES); // tickets have come before it
        connection.close(CloseReason.local("seen enough"));
        return connection.serverKey();
    }

    private TrustRefusedException refused() {
        return catchThrowableOfType(TrustRefusedException.class, () -> visit(client));
    }

    private record Waiting(CompletableFuture<ServerFrame> answer) implements FrameHandler<ServerFrame> {
        @Override
        public void onFrame(ServerFrame frame) {
            answer.complete(frame);
        }

        @Override
        public void onMalformed(MalformedFrameException fault) {
            answer.completeExceptionally(fault);
        }

        @Override
        public void onClosed(CloseReason reason) {
            answer.completeExceptionally(new AssertionError(reason.text()));
        }
    }
}

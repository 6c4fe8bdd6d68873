package dev.pychat.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ClientCertificate;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Ping;
import dev.pychat.wire.ServerFrame;
import io.netty.buffer.PoolArenaMetric;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What this transport does besides the contract of all. */
@Timeout(120)
class NettyListenerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Listener> opened = new ArrayList<>();

    static Stream<Platform> platforms() {
        return Stream.of(Platform.best(), Platform.portable());
    }

    @AfterEach
    void close() {
        opened.forEach(Listener::close);
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void whatIsReadyTogetherLeavesInOneRecord(Platform platform) throws Exception {
        try (Raw client = connect(listen(platform, () -> NettyEnds.SHOWN))) {
            client.send(new Ping(100)); // tickets come with the first answer
            client.read(Answering.pong(100).length);
            client.records();
            client.send(IntStream.range(1, 51).mapToObj(Ping::new).toArray(ClientFrame[]::new));
            for (long id = 1; id <= 50; id++) {
                byte[] expected = Answering.pong(id);
                assertThat(client.read(expected.length)).isEqualTo(expected);
            }
            assertThat(client.records()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void sessionIsResumed(Platform platform) throws Exception {
        Listener listener = listen(platform, () -> NettyEnds.SHOWN);
        SSLContext remembering = NettyEnds.SERVER.clientContext();
        long made;
        try (Raw first = new Raw(remembering, listener.port())) {
            ask(first);
            made = first.session().getCreationTime();
        }
        Thread.sleep(20); // a new session has another time
        try (Raw second = new Raw(remembering, listener.port())) {
            ask(second);
            assertThat(second.session().getCreationTime()).isEqualTo(made);
        }
        try (Raw stranger = connect(listener)) {
            assertThat(stranger.session().getCreationTime()).isNotEqualTo(made);
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void newConnectionsSeeANewCertificateAndOldOnesGoOn(Platform platform) throws Exception {
        TestCertificates renewed = NettyEnds.SERVER.renewed("localhost");
        AtomicReference<ServerCertificate> shown = new AtomicReference<>(NettyEnds.SHOWN);
        Listener listener = listen(platform, shown::get);
        SSLContext remembering = NettyEnds.SERVER.clientContext();
        try (Raw before = new Raw(remembering, listener.port())) {
            ask(before);
            assertThat(before.shown()).isEqualTo(NettyEnds.SERVER.certificate());
            shown.set(NettyEnds.shown(renewed));
            try (Raw after = new Raw(renewed.clientContext(), listener.port())) {
                assertThat(after.shown()).isEqualTo(renewed.certificate());
                ask(after);
            }
            ask(before);
        }
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void clientsNeedACertificateOfAKnownIssuerAndAreToldSo(Platform platform) throws Exception {
        TestCertificates issuer = TestCertificates.issuer();
        ServerCertificate shown = NettyEnds.SHOWN.withClientIssuers(List.of(issuer.certificate()));
        Listener listener =
                add(NettyTransport.listening(platform, anyPort(), () -> shown, true, TransportOptions.DEFAULT)
                        .listen(Answering::new));
        assertThat(refusal(listener, null)).contains("clients with a certificate");
        assertThat(refusal(listener, TestCertificates.issuer().issue("stranger")))
                .contains("clients with a certificate");
        Client known = client(listener, issuer.issue("device"));
        known.connection.send(new Ping(7));
        assertThat(known.frame.get(1, TimeUnit.MINUTES)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void handshakeWithoutMemoryIsClosedAndHoldsNoPlace(Platform platform) throws Exception {
        AtomicReference<Error> lacking = new AtomicReference<>();
        Listener listener = listen(platform, () -> {
            Error error = lacking.get();
            if (error != null) {
                throw error;
            }
            return NettyEnds.SHOWN;
        });
        lacking.set(new OutOfMemoryError("planted"));
        try (Socket socket = new Socket(NettyEnds.HERE, listener.port())) {
            socket.setSoTimeout(60_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        await(() -> listener.connections() == 0);
        lacking.set(null);
        try (Raw client = connect(listener)) {
            ask(client);
        }
    }

    @Test
    void keyThatCannotBeUsedIsKnownAtTheStart() throws Exception {
        ServerCertificate elsewhere = ServerCertificate.of(
                new PrivateKey() {
                    @Override
                    public String getAlgorithm() {
                        return "EC";
                    }

                    @Override
                    public String getFormat() {
                        return null; // as that of a key in a device, which never leaves it
                    }

                    @Override
                    public byte[] getEncoded() {
                        return null;
                    }
                },
                List.of(NettyEnds.SERVER.certificate()));
        assertFails(
                () -> listen(Platform.portable(), () -> elsewhere),
                TransportException.Kind.FAILED,
                "the TLS key or certificate can't be used");
        await(() -> threads().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void addressThatCannotBeHadIsSaid(Platform platform) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, NettyEnds.HERE)) {
            var taken = new InetSocketAddress(NettyEnds.HERE, other.getLocalPort());
            assertFails(
                    () -> listen(platform, taken),
                    TransportException.Kind.ADDRESS_IN_USE,
                    ":" + other.getLocalPort() + ": another program uses this port");
        }
        assertFails(
                () -> listen(platform, new InetSocketAddress("192.0.2.1", 5050)),
                TransportException.Kind.FAILED,
                "no network interface of this machine has the address 192.0.2.1");
        assertFails(
                () -> listen(platform, InetSocketAddress.createUnresolved("nowhere.invalid", 5050)),
                TransportException.Kind.UNKNOWN_HOST,
                "the name nowhere.invalid has no address");
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void closedListenerLeavesNoThreadAndNoBuffer(Platform platform) throws Exception {
        Listener listener = listen(platform, () -> NettyEnds.SHOWN);
        try (Raw served = connect(listener);
                Raw inTheMiddle = connect(listener);
                Socket silent = new Socket(NettyEnds.HERE, listener.port())) {
            ask(served);
            inTheMiddle.send(new Ping(1));
            assertThat(silent.isConnected()).isTrue();
            await(() -> listener.connections() == 3);
            assertThat(threads()).isNotEmpty();
            listener.close();
            listener.close();
        }
        await(() -> listener.connections() == 0);
        await(() -> threads().isEmpty());
        assertThat(buffers()).isZero();
        assertThatThrownBy(() -> new Socket(NettyEnds.HERE, listener.port())).isInstanceOf(java.io.IOException.class);
    }

    private static long buffers() {
        return Stream.of(
                        Platform.buffers().metric().directArenas(),
                        Platform.buffers().metric().heapArenas())
                .flatMap(List::stream)
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pychat-handshakes") || name.startsWith("pychat-frames"))
                .toList();
    }

    private static void ask(Raw client) throws Exception {
        client.send(new Ping(1));
        byte[] expected = Answering.pong(1);
        assertThat(client.read(expected.length)).isEqualTo(expected);
    }

    private static Raw connect(Listener listener) throws Exception {
        return new Raw(NettyEnds.SERVER.clientContext(), listener.port());
    }

    /** The client of this project, and what it was told. */
    private static final class Client implements FrameHandler<ServerFrame> {
        private final CompletableFuture<ServerFrame> frame = new CompletableFuture<>();
        private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        private dev.pychat.transport.Connection<ClientFrame> connection;

        @Override
        public void onFrame(ServerFrame received) {
            frame.complete(received);
        }

        @Override
        public void onMalformed(MalformedFrameException fault) {}

        @Override
        public void onClosed(CloseReason reason) {
            closed.complete(reason);
        }
    }

    private static Client client(Listener listener, TestCertificates own) throws Exception {
        Client client = new Client();
        var trust = ServerTrust.certificates(List.of(NettyEnds.SERVER.certificate()));
        var transport = own == null
                ? TlsSocketTransport.client("localhost", listener.port(), trust, TransportOptions.DEFAULT)
                : TlsSocketTransport.client(
                        "localhost",
                        listener.port(),
                        trust,
                        new ClientCertificate(own.keys().getPrivate(), List.of(own.certificate())),
                        TransportOptions.DEFAULT);
        client.connection = transport.connect(connection -> client);
        return client;
    }

    private static String refusal(Listener listener, TestCertificates own) throws Exception {
        return client(listener, own).closed.get(1, TimeUnit.MINUTES).text();
    }

    private Listener listen(Platform platform, Supplier<ServerCertificate> certificate) throws TransportException {
        return add(NettyTransport.listening(platform, anyPort(), certificate, false, TransportOptions.DEFAULT)
                .listen(Answering::new));
    }

    private Listener listen(Platform platform, InetSocketAddress address) throws TransportException {
        return add(NettyTransport.listening(platform, address, () -> NettyEnds.SHOWN, false, TransportOptions.DEFAULT)
                .listen(Answering::new));
    }

    private Listener add(Listener listener) {
        opened.add(listener);
        return listener;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(NettyEnds.HERE, 0);
    }

    private static void assertFails(ThrowingCallable attempt, TransportException.Kind kind, String text) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(text);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time is over").isLessThan(end);
            Thread.sleep(10);
        }
    }
}

package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLServerSocket;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ConnectFailureTest {

    private static final Duration PATIENT = Duration.ofMinutes(2);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void nothingListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        assertFails("127.0.0.1", port, TransportException.Kind.REFUSED, "does not take connections");
    }

    @Test
    void theNameHasNoAddress() {
        assertFails("nowhere.invalid", 5050, TransportException.Kind.UNKNOWN_HOST, "nowhere.invalid:5050");
    }

    @Test
    void nobodyAnswers() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, HERE)) {
            assertFails(
                    () -> connect("127.0.0.1", mute.getLocalPort(), Duration.ofSeconds(2)),
                    TransportException.Kind.TIMED_OUT,
                    "did not answer within");
        }
    }

    @Test
    void whatAnswersIsNotTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, HERE)) {
            daemon(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                }
            });
            assertFails("127.0.0.1", plain.getLocalPort(), TransportException.Kind.NOT_TLS, "does not speak TLS 1.3");
        }
    }

    @Test
    void whatAnswersSpeaksAnotherProtocol() throws Exception {
        try (SSLServerSocket web = (SSLServerSocket)
                SocketEnds.SERVER.serverContext().getServerSocketFactory().createServerSocket(0, 1, HERE)) {
            daemon(() -> {
                try (Socket socket = web.accept()) {
                    socket.getInputStream().readAllBytes();
                }
            });
            assertFails("127.0.0.1", web.getLocalPort(), TransportException.Kind.NOT_PYCHAT, "not the pychat protocol");
        }
    }

    @Test
    void anAddressInUseIsTold() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
            var taken = new InetSocketAddress(HERE, other.getLocalPort());
            assertThatThrownBy(() -> listen(taken))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.kind()).isEqualTo(TransportException.Kind.ADDRESS_IN_USE))
                    .hasMessageContaining(":" + other.getLocalPort());
        }
    }

    @Test
    void aPortInUseThatIsNotForEverybodyIsInUseForWhoeverMayHaveIt() throws Exception {
        try (ServerSocket other = privileged()) {
            assertFails(
                    () -> listen(new InetSocketAddress(HERE, other.getLocalPort())),
                    TransportException.Kind.ADDRESS_IN_USE,
                    "another program uses this port");
        }
    }

    /** Takes a port that most users may not have. Without one the test is skipped, or fails where {@code CI=true}. */
    private static ServerSocket privileged() throws IOException {
        for (int port = 1023; port > 1000; port--) {
            try {
                return new ServerSocket(port, 1, HERE);
            } catch (BindException e) {
                // It is in use, or not for this user.
            }
        }
        String why = "this test needs a user who may listen on a port below 1024: run it as root";
        assertThat(System.getenv("CI")).as(why).isNotEqualTo("true");
        return abort(why);
    }

    @Test
    void anAddressOfAnotherMachineIsTold() {
        assertFails(
                () -> listen(new InetSocketAddress("192.0.2.1", 5050)),
                TransportException.Kind.FAILED,
                "cannot listen on 192.0.2.1:5050: no network interface of this machine has the address 192.0.2.1");
    }

    @Test
    void anInterruptedWaitLeavesNothingOpen() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, HERE)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    connect("127.0.0.1", mute.getLocalPort(), PATIENT);
                } catch (Exception e) {
                    thrown.set(e);
                }
            });
            waiting.start();
            try (Socket accepted = mute.accept()) {
                accepted.getInputStream().read(); // the client's hello has begun
                waiting.interrupt();
                waiting.join();
                assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
                accepted.setSoTimeout(20_000);
                accepted.getInputStream().readAllBytes(); // ends, or runs into the time limit
            }
        }
    }

    private static void assertFails(String host, int port, TransportException.Kind kind, String text) {
        assertFails(() -> connect(host, port, PATIENT), kind, text);
    }

    private static void assertFails(ThrowingCallable attempt, TransportException.Kind kind, String text) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(text);
    }

    private static void connect(String host, int port, Duration timeout) throws Exception {
        var trust = ServerTrust.pem(SocketEnds.SERVER.certificatePem());
        var options = TransportOptions.with(changes -> changes.connectTimeout(timeout));
        TlsSocketTransport.client(host, port, trust, options)
                .connect(connection -> new Recorder<ServerFrame, ClientFrame>(connection, (end, frame) -> {}));
    }

    private static Listener listen(InetSocketAddress address) throws TransportException {
        return TlsSocketTransport.server(address, SocketEnds.SERVER::serverContext, TransportOptions.DEFAULT)
                .listen(connection -> new Recorder<ClientFrame, ServerFrame>(connection, (end, frame) -> {}));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                assertThat(e).isNotNull(); // the client closed first
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

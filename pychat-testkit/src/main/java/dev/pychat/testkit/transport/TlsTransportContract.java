package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every transport over TLS does besides: it stands what arrives on an open port.
 *
 * <p>JUnit confines each test to one thread.
 */
@Timeout(300)
public abstract class TlsTransportContract extends TransportContract {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final TransportOptions SHORT_HANDSHAKE = patient(options -> options.handshakeTimeout(SHORT));
    private static final TransportOptions SHORT_FRAME = patient(options -> options.frameTimeout(SHORT));

    private final RawClient raw;

    /**
     * Names what is tried.
     *
     * @param transport makes its two ends
     * @param server the key that its server's end has
     */
    protected TlsTransportContract(TransportUnderTest transport, TestCertificates server) {
        super(transport);
        this.raw = new RawClient(server);
    }

    /**
     * What is not TLS is closed, and the server lives.
     *
     * @param text what arrives
     * @throws Exception never, if the contract holds
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "hello, is anybody there?\n",
                "\u0000\u0000\u0000\u0005"
            })
    public void whatIsNotTlsIsClosed(String text) throws Exception {
        Ends ends = listen(SHORT_HANDSHAKE, Listening::pong);
        try (Socket socket = raw.plain(ends)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            awaitEnd(socket.getInputStream());
        }
        assertServes(ends);
    }

    /**
     * A handshake that trickles in ends at its absolute deadline, however steadily its bytes come.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aHandshakeOfSingleBytesEndsAtItsDeadline() throws Exception {
        Ends ends = listen(SHORT_HANDSHAKE, Listening::pong);
        byte[] recordHeaderOfAClientHello = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
        byte[] hello = Arrays.copyOf(recordHeaderOfAClientHello, 500);
        Instant start = Instant.now();
        try (Socket socket = raw.plain(ends)) {
            assertThatThrownBy(() -> trickle(socket.getOutputStream(), hello)).isInstanceOf(IOException.class);
        }
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(SHORT.dividedBy(2));
        awaitNoConnections(ends);
        assertServes(ends);
    }

    /**
     * A connection that says nothing at all ends at the deadline of the handshake.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void silenceInsteadOfAHandshakeIsClosed() throws Exception {
        Ends ends = listen(SHORT_HANDSHAKE, Listening::pong);
        try (Socket socket = raw.plain(ends)) {
            awaitEnd(socket.getInputStream());
        }
        awaitNoConnections(ends);
    }

    /**
     * Half a frame and then silence is closed; so is a frame whose bytes trickle in beyond its deadline.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void halfAFrameIsClosedAtItsDeadline() throws Exception {
        Ends ends = listen(SHORT_FRAME, Listening::pong);
        try (SSLSocket socket = raw.tls(ends, "TLSv1.3", "pychat/1")) {
            socket.getOutputStream().write(new byte[] {0, 0, 0});
            awaitEnd(socket.getInputStream());
        }
        assertThat(ends.accepted().closed().kind()).isEqualTo(CloseReason.Kind.TIMED_OUT);
        byte[] slow = new byte[1000];
        slow[2] = 4;
        slow[4] = 3;
        try (SSLSocket socket = raw.tls(ends, "TLSv1.3", "pychat/1")) {
            assertThatThrownBy(() -> trickle(socket.getOutputStream(), slow)).isInstanceOf(IOException.class);
        }
        assertThat(ends.accepted().closed().kind()).isEqualTo(CloseReason.Kind.TIMED_OUT);
        assertServes(ends);
    }

    /**
     * A frame may arrive byte by byte, as long as it is in time; between frames silence is no fault.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void aFrameOfSingleBytesArrives() throws Exception {
        Ends ends = listen(SHORT_FRAME, Listening::pong);
        try (SSLSocket socket = raw.tls(ends, "TLSv1.3", "pychat/1")) {
            for (int round = 0; round < 2; round++) {
                for (byte one : FrameCodec.encode(new Ping(9))) {
                    socket.getOutputStream().write(one);
                }
                byte[] expected = FrameCodec.encode(new Pong(9, Instant.EPOCH));
                assertThat(socket.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
                Thread.sleep(SHORT.plusMillis(300)
                        .toMillis()); // longer than the frame deadline, which must not run between frames
            }
        }
    }

    /**
     * Lengths that can't be are malformed as soon as they are there.
     *
     * @param length the first byte of the length
     * @throws Exception never, if the contract holds
     */
    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x7f, 0x80, 0xff})
    public void hugeAndNegativeLengthsAreMalformed(int length) throws Exception {
        Ends ends = listen(PATIENT, Listening::pong);
        try (SSLSocket socket = raw.tls(ends, "TLSv1.3", "pychat/1")) {
            socket.getOutputStream().write(new byte[] {(byte) length, 0, 0, 0});
            awaitEnd(socket.getInputStream());
        }
        var server = ends.accepted();
        assertThat(server.fault().where()).isEqualTo("frame length");
        assertThat(server.closed().kind()).isEqualTo(CloseReason.Kind.MALFORMED);
    }

    /**
     * A client that does not ask for this protocol, or speaks an older TLS, is not let in.
     *
     * @throws Exception never, if the contract holds
     */
    @Test
    public void onlyThisProtocolOverTls13IsLetIn() throws Exception {
        Ends ends = listen(PATIENT, Listening::pong);
        assertRefused(ends, "TLSv1.3", "http/1.1");
        assertRefused(ends, "TLSv1.3", null);
        assertRefused(ends, "TLSv1.2", "pychat/1");
        awaitNoConnections(ends);
        assertServes(ends);
    }

    private void assertRefused(Ends ends, String version, @Nullable String protocol) throws Exception {
        try (SSLSocket socket = raw.tls(ends, version, protocol)) {
            awaitEnd(socket.getInputStream());
        } catch (IOException refusedInTheHandshake) {
            assertThat(refusedInTheHandshake).hasMessageNotContaining("timed out");
        }
    }

    private static void assertServes(Ends ends) throws Exception {
        var client = ends.connect();
        client.connection().send(new Ping(42));
        assertThat(client.frame()).isEqualTo(new Pong(42, Instant.EPOCH));
    }

    private static void trickle(OutputStream out, byte[] bytes) throws Exception {
        for (byte one : bytes) {
            out.write(one);
            out.flush();
            Thread.sleep(20);
        }
    }

    /** Reads to the end, which may be a reset; a socket that stays open runs into its own time limit. */
    private static void awaitEnd(InputStream in) throws IOException {
        try {
            in.readAllBytes();
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("the server did not close", stillOpen);
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
    }

    /** Connects without the transport's own client. */
    private record RawClient(TestCertificates server) {

        Socket plain(Ends ends) throws IOException {
            Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), ends.listener().port());
            socket.setSoTimeout((int) Recorder.PATIENCE.toMillis());
            return socket;
        }

        SSLSocket tls(Ends ends, String version, @Nullable String protocol) throws Exception {
            SSLSocket socket = (SSLSocket) server.clientContext()
                    .getSocketFactory()
                    .createSocket(
                            InetAddress.getLoopbackAddress(), ends.listener().port());
            socket.setSoTimeout((int) Recorder.PATIENCE.toMillis());
            var parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            if (protocol != null) {
                parameters.setApplicationProtocols(new String[] {protocol});
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        }
    }
}

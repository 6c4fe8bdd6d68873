package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerPins;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.wire.ClientFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that has pinned a key follows the server to the one that it has announced, and to no other. */
class AnnouncedKeyTest {

    private final TestCertificates present = TestCertificates.selfSigned("localhost");
    private final TestCertificates next = TestCertificates.selfSigned("localhost");
    private final Kept pins = new Kept(KeyPin.of(present.certificate()));
    private volatile SSLContext shown = present.serverContext();
    private Listener listener;
    private ClientTransport client;

    /** Pins in memory. */
    private static final class Kept implements ServerPins {
        private final BlockingQueue<KeyPin> announcements = new LinkedBlockingQueue<>();
        private final Semaphore lookups = new Semaphore(0);
        private volatile KeyPin pin;
        private volatile Optional<KeyPin> next = Optional.empty();

        Kept(KeyPin pin) {
            this.pin = pin;
        }

        @Override
        public Optional<KeyPin> pin(String host, int port) {
            Optional<KeyPin> found = Optional.of(pin);
            lookups.release();
            return found;
        }

        @Override
        public Optional<KeyPin> next(String host, int port) {
            return next;
        }

        @Override
        public void announced(String host, int port, KeyPin announced) {
            next = Optional.of(announced);
            announcements.add(announced);
        }

        @Override
        public void changed(String host, int port, KeyPin shown) {
            pin = shown;
            next = Optional.empty();
        }
    }

    @BeforeEach
    void listen() throws Exception {
        var address = new InetSocketAddress(InetAddress.getByName("localhost"), 0);
        listener = TlsSocketTransport.server(address, () -> shown, TransportOptions.DEFAULT)
                .listen(connection -> new Recorder<>(connection, (end, frame) -> {}));
        client = TlsSocketTransport.client(
                "localhost", listener.port(), ServerTrust.pins(pins), TransportOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void announcedKeyIsTakenWhenItComesAndTheEarlierOneIsRefusedFromThenOn() throws Exception {
        announce(connect());
        assertThat(pins.pin).isEqualTo(KeyPin.of(present.certificate()));
        connect().close(CloseReason.local("still the present key"));
        shown = next.serverContext();
        connect().close(CloseReason.local("the announced key"));
        assertThat(pins.pin).isEqualTo(KeyPin.of(next.certificate()));
        assertThat(pins.next).isEmpty();
        shown = present.serverContext();
        assertThat(refused().reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
    }

    @Test
    void keyThatWasNotAnnouncedIsRefusedThoughAnotherWas() throws Exception {
        announce(connect());
        shown = TestCertificates.selfSigned("localhost").serverContext();
        TrustRefusedException refusal = refused();
        assertThat(refusal.reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        assertThat(refusal).hasMessageContaining("it announced " + KeyPin.of(next.certificate()));
        assertThat(pins.pin).isEqualTo(KeyPin.of(present.certificate()));
    }

    @Test
    void clientThatWasAwayIsToldSo() throws Exception {
        shown = next.serverContext();
        assertThat(refused()).hasMessageContaining("which it never announced to this client");
    }

    /** Who holds only the certificate of the next key must not take the present pin away. */
    @Test
    void announcedKeyThatNobodyProvesToHoldChangesNothing() throws Exception {
        announce(connect());
        shown = withAnotherKey(next);
        assertThat(catchThrowableOfType(TransportException.class, this::connect))
                .isNotNull();
        assertThat(pins.pin).isEqualTo(KeyPin.of(present.certificate()));
        assertThat(pins.next).hasValue(KeyPin.of(next.certificate()));
    }

    /** A connection that is trusted in another way says nothing about what is pinned. */
    @Test
    void announcementOfWhoDoesNotHoldThePinnedKeyIsNotHeeded() throws Exception {
        pins.pin = KeyPin.of(TestCertificates.selfSigned("localhost").certificate());
        ServerTrust either = ServerTrust.pins(pins).or(ServerTrust.pem(present.certificatePem()));
        client = TlsSocketTransport.client("localhost", listener.port(), either, TransportOptions.DEFAULT);
        Connection<ClientFrame> connection = connect();
        pins.lookups.drainPermits();
        client.announced(connection.serverKey().orElseThrow(), KeyPin.of(next.certificate()));
        // Which pin there was has decided it.
        assertThat(pins.lookups.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pins.announcements).isEmpty();
        connection.close(CloseReason.local("told"));
    }

    private static SSLContext withAnotherKey(TestCertificates certificates) throws Exception {
        PrivateKey wrong = TestCertificates.selfSigned("localhost").keys().getPrivate();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", wrong, new char[0], new Certificate[] {certificates.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void announce(Connection<ClientFrame> connection) throws Exception {
        KeyPin announced = KeyPin.of(next.certificate());
        client.announced(connection.serverKey().orElseThrow(), announced);
        assertThat(pins.announcements.poll(60, TimeUnit.SECONDS)).isEqualTo(announced);
        connection.close(CloseReason.local("told"));
    }

    private Connection<ClientFrame> connect() throws Exception {
        return client.connect(connection -> new Recorder<>(connection, (end, frame) -> {}));
    }

    private TrustRefusedException refused() {
        return catchThrowableOfType(TrustRefusedException.class, this::connect);
    }
}

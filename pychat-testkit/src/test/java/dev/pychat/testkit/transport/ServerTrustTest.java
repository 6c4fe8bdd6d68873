package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerTrustTest {

    private TestCertificates certificates = TestCertificates.selfSigned("localhost");
    private Listener listener;

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void theSystemsRootsDoNotTrustAnUnknownServerAndShowIt() throws Exception {
        TrustRefusedException refusal = refused(ServerTrust.systemRoots());
        assertThat(refusal.reason()).isEqualTo(TrustRefusedException.Reason.UNKNOWN);
        assertThat(refusal.certificate()).isEqualTo(certificates.certificate());
        assertThat(refusal.fingerprint()).isEqualTo(KeyPin.fingerprint(certificates.certificate()));
        assertThat(refusal.pin()).isEqualTo(KeyPin.of(certificates.certificate()));
        assertThat(refusal)
                .hasMessageContaining(refusal.server())
                .hasMessageContaining(refusal.fingerprint().hex());
    }

    @Test
    void aGivenCertificateIsTrustedUnderAnyName() throws Exception {
        certificates = TestCertificates.selfSigned("elsewhere.example");
        assertTrusted(ServerTrust.pem(certificates.certificatePem()));
    }

    @Test
    void aGivenCertificateOutOfItsValidityIsRefused() throws Exception {
        certificates = TestCertificates.expired("localhost");
        assertThat(refused(ServerTrust.pem(certificates.certificatePem()))).hasMessageContaining("validity");
    }

    @Test
    void anIssuerIsTrustedForTheRightNameOnly() throws Exception {
        TestCertificates issuer = TestCertificates.issuer();
        certificates = issuer.issue("localhost");
        assertTrusted(ServerTrust.pem(issuer.certificatePem()));
        listener.close();
        certificates = issuer.issue("elsewhere.example");
        assertThat(refused(ServerTrust.pem(issuer.certificatePem())).reason())
                .isEqualTo(TrustRefusedException.Reason.UNKNOWN);
    }

    @Test
    void anotherGivenCertificateDoesNotHelp() throws Exception {
        refused(ServerTrust.pem(TestCertificates.selfSigned("localhost").certificatePem()));
    }

    @Test
    void aPinTrustsARenewedCertificateOfTheSameKey() throws Exception {
        KeyPin pin = KeyPin.of(certificates.certificate());
        certificates = certificates.renewed("elsewhere.example");
        assertTrusted(pinned(pin));
        assertThat(KeyPin.parse(pin.toString())).isEqualTo(pin);
    }

    @Test
    void aChangedKeyIsToldApartFromAnUnknownOne() throws Exception {
        assertThat(refused(ServerTrust.pins((host, port) -> Optional.empty())).reason())
                .isEqualTo(TrustRefusedException.Reason.UNKNOWN);
        listener.close();
        KeyPin other = KeyPin.of(TestCertificates.selfSigned("localhost").certificate());
        TrustRefusedException refusal = refused(ServerTrust.systemRoots().or(pinned(other)));
        assertThat(refusal.reason()).isEqualTo(TrustRefusedException.Reason.CHANGED);
        assertThat(refusal)
                .hasMessageContaining(other.toString())
                .hasMessageContaining(refusal.pin().toString());
    }

    @Test
    void anyOfSeveralWaysIsEnough() throws Exception {
        assertTrusted(ServerTrust.systemRoots().or(pinned(KeyPin.of(certificates.certificate()))));
    }

    @Test
    void textThatIsNoCertificateIsRefused() throws Exception {
        listener = listen();
        assertThatThrownBy(() -> ServerTrust.pem("nothing")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> ServerTrust.certificates(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyPin.parse("sha256:12")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ServerTrust pinned(KeyPin pin) {
        return ServerTrust.pins((host, port) -> host.equals("localhost") ? Optional.of(pin) : Optional.empty());
    }

    private Listener listen() throws Exception {
        var address = new InetSocketAddress(InetAddress.getByName("localhost"), 0);
        TestCertificates served = certificates;
        return TlsSocketTransport.server(address, served::serverContext, TransportOptions.DEFAULT)
                .listen(connection -> new Recorder<>(connection, (end, frame) -> {}));
    }

    private Connection<ClientFrame> connect(ServerTrust trust) throws Exception {
        return TlsSocketTransport.client("localhost", listener.port(), trust, TransportOptions.DEFAULT)
                .connect(connection -> new Recorder<ServerFrame, ClientFrame>(connection, (end, frame) -> {}));
    }

    private void assertTrusted(ServerTrust trust) throws Exception {
        listener = listen();
        connect(trust).close(CloseReason.local("trusted"));
    }

    private TrustRefusedException refused(ServerTrust trust) throws Exception {
        listener = listen();
        return catchThrowableOfType(TrustRefusedException.class, () -> connect(trust));
    }
}

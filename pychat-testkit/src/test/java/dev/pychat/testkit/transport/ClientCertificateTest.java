package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ClientCertificate;
import java.security.cert.CertificateException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientCertificateTest {

    private final TestCertificates made = TestCertificates.selfSigned("device");

    @Test
    void certificateAndKeyAreReadFromPem() throws Exception {
        ClientCertificate read = ClientCertificate.pem(made.certificatePem(), made.privateKeyPem());
        assertThat(read.chain()).containsExactly(made.certificate());
        assertThat(read.key()).isEqualTo(made.keys().getPrivate());
        assertThat(read.toString()).isEqualTo("ClientCertificate[CN=device]");
    }

    @Test
    void whatIsNoneIsSaid() {
        assertThatThrownBy(() -> ClientCertificate.pem("nothing", made.privateKeyPem()))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> ClientCertificate.pem(made.certificatePem(), made.certificatePem()))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("holds no private key");
        assertThatThrownBy(() -> ClientCertificate.pem(
                        made.certificatePem(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("no known algorithm");
        assertThatThrownBy(() -> new ClientCertificate(made.keys().getPrivate(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

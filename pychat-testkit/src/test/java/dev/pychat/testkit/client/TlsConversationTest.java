package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ChatClient;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.TrustRefusedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsConversationTest {

    private static final TestCertificates CERTIFICATE = TestCertificates.selfSigned("localhost");
    private static final TestCertificates OTHER = TestCertificates.selfSigned("localhost");

    private final KeptStores stores = new KeptStores(MemoryServerStores.create(new SecureRandom()));
    private ChatServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = serve(0);
        port = server.port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChatServer serve(int at) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("localhost"), at);
        return ChatServer.start(ServerOptions.builder(stores)
                .transport(TlsSocketTransport.server(address, CERTIFICATE::serverContext, TransportOptions.DEFAULT))
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(World.CHEAP)
                .build());
    }

    private ClientTransport trusting(TestCertificates certificate) {
        ServerTrust trust = ServerTrust.certificates(List.of(certificate.certificate()));
        return TlsSocketTransport.client("localhost", port, trust, TransportOptions.DEFAULT);
    }

    private Person signUp(String name) throws Exception {
        MemoryClientStores device = new MemoryClientStores();
        Person person = Person.connect(name, device, World.options(trusting(CERTIFICATE), device));
        person.client().signUp(person.user(), World.passphrase(name));
        return person;
    }

    @Test
    void conversationOverSocketsOutlivesARestartOfTheServer() throws Exception {
        try (Person alice = signUp("alice");
                Person bob = signUp("bob")) {
            alice.say(bob, "one");
            bob.awaitTold(1);
            bob.say(alice, "two");
            alice.awaitTold(2);
            server.close();
            alice.say(bob, "three");
            server = serve(port);
            alice.awaitTold(3);
            bob.awaitTold(3);
            assertThat(bob.textsTold()).containsExactly("alice: one", "bob: two", "alice: three");
            assertThat(alice.textsTold()).isEqualTo(bob.textsTold());
            ConversationTest.noFindings(alice, bob);
        }
    }

    @Test
    void serverThatIsNotTrustedIsRefusedWithWhatItPresented() {
        assertThatThrownBy(() -> ChatClient.connect(World.options(trusting(OTHER), new MemoryClientStores())))
                .isInstanceOfSatisfying(
                        TrustRefusedException.class,
                        refused -> assertThat(refused.certificate()).isEqualTo(CERTIFICATE.certificate()));
    }
}

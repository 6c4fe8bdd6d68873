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
import dev.pychat.transport.Connection;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
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
    private volatile ChatServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** On any free port: one that was used before may be somebody else's by now. */
    private ChatServer serve() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("localhost"), 0);
        return ChatServer.start(ServerOptions.builder(stores)
                .transport(TlsSocketTransport.server(address, CERTIFICATE::serverContext, TransportOptions.DEFAULT))
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(World.CHEAP)
                .build());
    }

    private ClientTransport trusting(TestCertificates certificate) {
        ServerTrust trust = ServerTrust.certificates(List.of(certificate.certificate()));
        return new ClientTransport() {
            @Override
            public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
                    throws TransportException, InterruptedException {
                return there().connect(acceptor);
            }

            @Override
            public String address() {
                return there().address();
            }

            private ClientTransport there() {
                return TlsSocketTransport.client("localhost", server.port(), trust, TransportOptions.DEFAULT);
            }
        };
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
            server = serve();
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

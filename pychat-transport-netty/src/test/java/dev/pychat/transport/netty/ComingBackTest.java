package dev.pychat.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose connection was cut. */
@Timeout(120)
class ComingBackTest {

    private static final PasswordCost CHEAP = new PasswordCost(8, 1, 1);
    private static final PublishedKeys KEYS = new PublishedKeys();

    @Test
    void clientComesBackWithItsTlsSessionAndNoOtherAccountHasIt() throws Exception {
        ChatServer server = ChatServer.start(ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(NettyTransport.server(
                        new InetSocketAddress(NettyEnds.HERE, 0), () -> NettyEnds.SHOWN, TransportOptions.DEFAULT))
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .build());
        try (server;
                Tap tap = new Tap(server.port())) {
            ClientTransport way = TlsSocketTransport.client(
                    "localhost",
                    tap.port(),
                    ServerTrust.certificates(List.of(NettyEnds.SERVER.certificate())),
                    TransportOptions.DEFAULT);
            try (ChatClient alice = newUser(way, "alice")) {
                tap.cut();
                while (tap.answers().size() < 2) {
                    Thread.sleep(10);
                }
                assertThat(alice.conversation(new Username("bob"))).isNotNull();
                try (ChatClient bob = newUser(way, "bob")) {
                    assertThat(bob.conversation(new Username("alice"))).isNotNull();
                }
            }
            assertThat(tap.answers().stream().map(Hello::resumes)).containsExactly(false, true, false);
            assertThat(tap.clients().get(2).tickets()).isEmpty();
        }
    }

    private static ChatClient newUser(ClientTransport way, String name) throws Exception {
        ChatClient client = ChatClient.connect(ClientOptions.builder(way, new MemoryClientStores())
                .passwordCost(CHEAP)
                .keySource(KEYS)
                .firstRetry(Duration.ofMillis(10))
                .receiptDelay(Duration.ZERO)
                .build());
        try (Passphrase passphrase = Passphrase.of(("the passphrase of " + name).toCharArray())) {
            client.signUp(new Username(name), passphrase);
        }
        return client;
    }
}

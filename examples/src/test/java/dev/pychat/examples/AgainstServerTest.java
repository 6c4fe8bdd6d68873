package dev.pychat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.ref.server.RunningServer;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that uses a running server. */
class AgainstServerTest {

    @Test
    void whatItSendsIsReadByThePeer(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        Path certificate = data.resolve("tls-cert.pem");
        try (var server = RunningServer.start(data, "localhost", 0);
                var bob = ChatClient.connect(ClientOptions.of(
                        TlsSocketTransport.client(
                                "localhost",
                                server.port(),
                                ServerTrust.pem(Files.readString(certificate)),
                                TransportOptions.DEFAULT),
                        new MemoryClientStores()));
                var passphrase = Passphrase.of("a long passphrase of bob".toCharArray())) {
            bob.signUp(new Username("bob"), passphrase);

            String port = Integer.toString(server.port());
            String printed = Streams.printedBy(
                    "a long passphrase of carol\n",
                    () -> AgainstServer.main(
                            new String[] {"localhost", port, certificate.toString(), "carol", "bob", "dinner?"}));

            assertThat(printed).isEqualTo("stored at position 1\n");
            List<ChatMessage> history = bob.conversation(new Username("carol"))
                    .history(new Position(Long.MAX_VALUE), 10)
                    .messages();
            assertThat(history)
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).contains("dinner?"));
        }
    }
}

package dev.pychat.examples;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Username;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Sends one line to a user of a running server: HOST PORT CERTIFICATE.pem MY-NEW-NAME THEIR-NAME TEXT. */
public final class AgainstServer {

    private AgainstServer() {}

    /**
     * Signs up under a new name and sends.
     *
     * @param args host, port, the server's certificate as a PEM file, a user name to sign up, the peer's user name, the
     *     text; the passphrase is read from standard input
     * @throws Exception if anything does not work
     */
    public static void main(String[] args) throws Exception {
        ServerTrust trust = ServerTrust.pem(Files.readString(Path.of(args[2])));
        var transport = TlsSocketTransport.client(args[0], Integer.parseInt(args[1]), trust, TransportOptions.DEFAULT);
        try (var client = ChatClient.connect(ClientOptions.of(transport, new MemoryClientStores()));
                var passphrase = Passphrase.of(Lines.first(System.in).toCharArray())) {
            client.signUp(Username.parse(args[3]), passphrase);
            var receipt = client.conversation(Username.parse(args[4])).sendText(args[5]);
            var accepted = receipt.accepted().toCompletableFuture().get(30, TimeUnit.SECONDS);
            System.out.println("stored at position " + accepted.position());
        }
    }
}

package dev.pychat.examples;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.InProcessTransport;
import java.security.SecureRandom;
import java.util.concurrent.LinkedBlockingQueue;

/** A server and two clients in one program: Alice writes, Bob reads. */
public final class TwoClients {
    public static void main(String[] args) throws Exception {
        var transport = InProcessTransport.create();
        var stores = MemoryServerStores.create(new SecureRandom());
        var options = ServerOptions.builder(stores).transport(transport).build();
        var server = ChatServer.start(options);
        try (server;
                var alice = newUser(transport, "alice");
                var bob = newUser(transport, "bob")) {
            var arrived = new LinkedBlockingQueue<String>();
            bob.conversation(new Username("alice"))
                    .addListener(message -> message.text().ifPresent(arrived::add));
            alice.conversation(new Username("bob")).sendText("Hello, Bob!");
            System.out.println("Bob reads: " + arrived.take());
        }
    }

    private static ChatClient newUser(InProcessTransport transport, String name) throws Exception {
        var client = ChatClient.connect(ClientOptions.of(transport.client(), new MemoryClientStores()));
        try (var passphrase = Passphrase.of(("a long passphrase of " + name).toCharArray())) {
            client.signUp(new Username(name), passphrase);
        }
        return client;
    }
}

package dev.pychat.examples;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The bot. */
class AnsweringBotTest {

    @Test
    void itAnswersEachTextInCapitals() throws Exception {
        var transport = InProcessTransport.create();
        var options = ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(transport)
                .build();
        try (var server = ChatServer.start(options);
                var bot = user(transport, "bot");
                var alice = user(transport, "alice")) {
            AnsweringBot.answerWith(bot);
            var answers = new LinkedBlockingQueue<String>();
            var conversation = alice.conversation(new Username("bot"));
            conversation.addListener(message -> {
                if (!message.mine()) {
                    message.text().ifPresent(answers::add);
                }
            });

            conversation.sendText("hello");
            conversation.sendText("d\u00e9j\u00e0 vu");

            assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("HELLO");
            assertThat(answers.poll(60, TimeUnit.SECONDS)).isEqualTo("D\u00c9J\u00c0 VU");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static ChatClient user(InProcessTransport transport, String name) throws Exception {
        var client = ChatClient.connect(ClientOptions.of(transport.client(), new MemoryClientStores()));
        try (var passphrase = Passphrase.of(("a long passphrase of " + name).toCharArray())) {
            client.signUp(new Username(name), passphrase);
        }
        return client;
    }
}

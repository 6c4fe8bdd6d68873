package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.transport.KeyPin;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerKey;
import org.junit.jupiter.api.Test;

/** The server announces the key that it is going to show. */
class ServerKeyTest {

    private static final KeyPin NEXT = new KeyPin(Bytes.fromHex("ab".repeat(32)));
    private static final KeyPin OTHER = new KeyPin(Bytes.fromHex("cd".repeat(32)));

    @Test
    void everySessionIsToldNowOrWhenItIsMadeAndNoStranger() throws Exception {
        try (TestServer server = TestServer.start()) {
            RawClient alice = server.signedUp("alice");
            RawClient stranger = server.client();
            stranger.hello();
            assertThat(server.server().announceKey(NEXT)).isEqualTo(1);
            assertThat(alice.push(ServerKey.class).next()).isEqualTo(NEXT.value());
            stranger.ask(Pong.class, Ping::new);
            assertThat(stranger.hasPush()).isFalse();
            assertThat(server.loggedIn("alice").push(ServerKey.class).next()).isEqualTo(NEXT.value());
            assertThat(server.signedUp("bob").push(ServerKey.class).next()).isEqualTo(NEXT.value());
        }
    }

    @Test
    void laterAnnouncementCountsAndNoneIsMadeOnceTheKeyHasCome() throws Exception {
        try (TestServer server = TestServer.start()) {
            server.server().announceKey(NEXT);
            server.server().announceKey(OTHER);
            assertThat(server.signedUp("alice").push(ServerKey.class).next()).isEqualTo(OTHER.value());
            server.server().announceNoKey();
            RawClient bob = server.signedUp("bob");
            bob.ask(Pong.class, Ping::new);
            assertThat(bob.hasPush()).isFalse();
        }
    }
}

package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody takes no more messages from somebody. */
class BlockScreenTest {
    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
        house.signUp("alice");
        house.signUp("bob");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private House.Result on(String user, String... lines) throws Exception {
        String[] all = new String[lines.length + 3];
        all[0] = "!login";
        all[1] = user;
        all[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, all, 3, lines.length);
        return house.script(user, all);
    }

    @Test
    void blockedUserIsToldAndWritesAgainAfterwards() throws Exception {
        House.Result blocked = on("alice", "!blocked", "!block Bob", "!blocked");
        assertThat(blocked.done()).isTrue();
        assertThat(blocked.output()).contains("You have blocked nobody.", "bob is blocked:");
        assertThat(blocked.lines()).contains(" bob");
        House.Result refused = on("bob", "!talk alice", "hello");
        assertThat(refused.done()).isFalse();
        assertThat(refused.output()).contains("alice does not take messages from you");
        assertThat(on("alice", "!talk bob", "!unblock").output()).contains("bob is not blocked");
        assertThat(on("bob", "!talk alice", "hello again").done()).isTrue();
        assertThat(on("alice", "!talk bob").output()).contains("hello again").doesNotContain("[bob]: hello\n");
    }

    @Test
    void whoIsNotNamedOrNotThereIsNotBlocked() throws Exception {
        assertThat(on("alice", "!block").output()).contains("Nobody was named: !BLOCK or !UNBLOCK, and a name.");
        assertThat(on("alice", "!block nobody").output()).contains("there is no user nobody");
        assertThat(on("alice", "!block alice").output()).contains("you can't block yourself");
        assertThat(on("alice", "!block b?b").done()).isFalse();
        assertThat(on("alice", "!blocked").output()).contains("You have blocked nobody.");
    }
}

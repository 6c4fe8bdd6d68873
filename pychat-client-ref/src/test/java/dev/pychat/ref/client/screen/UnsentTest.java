package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What could not be sent, or not now: nobody is told otherwise, and nobody waits for it in vain. */
class UnsentTest {
    /** Well below the minute for which a script waits for a server. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    private final FailingDevice device = new FailingDevice();
    private House house;

    @BeforeEach
    void open() throws Exception {
        house = new House();
        house.own("alice", device);
        house.signUp("alice");
        house.signUp("bob");
        house.signUp("carol");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private House.Result alice(String... lines) throws Exception {
        String[] script = new String[lines.length + 3];
        script[0] = "!login";
        script[1] = "alice";
        script[2] = House.PASSPHRASE;
        System.arraycopy(lines, 0, script, 3, lines.length);
        long begin = System.nanoTime();
        House.Result result = house.script("alice", script);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as(result.output())
                .isLessThan(AT_ONCE);
        return result;
    }

    private String seenBy(String name, String peer) throws Exception {
        return house.script(name, "!login", name, House.PASSPHRASE, "!talk " + peer)
                .output();
    }

    @Test
    void lineThatTheDeviceDoesNotKeepEndsAScriptAndNothingBehindItIsSent() throws Exception {
        device.refuseOnce(2);
        House.Result result = alice("!talk bob", "first", "second", "third", "fourth");
        assertThat(result.failure()).get().isInstanceOf(StoreException.class);
        assertThat(result.output())
                .containsOnlyOnce("A message to bob was not sent: the disk is full")
                .contains("The rest of the script was not done.")
                .doesNotContain("kept on this device");
        assertThat(seenBy("bob", "alice")).contains("[alice]: first").doesNotContain("second", "third", "fourth");
    }

    @Test
    void personIsToldOfALineThatTheDeviceDoesNotKeepAndTheProgramFailsByIt() throws Exception {
        Person alice = house.person("alice");
        alice.logsIn("alice").types("!talk bob").sees("to bob> ");
        device.refuseOnce(1);
        alice.types("first").sees("A message to bob was not sent: the disk is full");
        alice.types("second");
        assertThatThrownBy(alice::leaves).hasRootCauseMessage("No space left on device");
        assertThat(seenBy("bob", "alice")).contains("[alice]: second").doesNotContain("first");
    }

    @Test
    void conversationWhoseFilesAreDamagedTakesNoLineAndTheScriptFails() throws Exception {
        alice("!talk bob", "before");
        device.damagePinsAfter(1);
        House.Result result = alice("!talk bob", "behind");
        assertThat(result.failure()).get().isInstanceOf(StoreException.class);
        assertThat(result.output())
                .contains("Chat with bob", "pins/bob.whole is damaged")
                .doesNotContain("kept on this device");
    }

    @Test
    void firstContactThatCannotBePinnedIsKeptAndToldAtOnce() throws Exception {
        device.fixPins(true);
        house.keep("alice", "bob", "hello");
        House.Result result = alice();
        assertThat(result.failure()).get().isInstanceOf(StoreException.class);
        assertThat(result.output()).contains("1 message to bob is kept on this device", "pins can't be written");
        device.fixPins(false);
        House.Result next = alice();
        assertThat(next.done()).as("%s", next).isTrue();
        assertThat(seenBy("bob", "alice")).contains("[alice]: hello");
    }

    @Test
    void whatCannotGoOutIsToldAtOnceAndShownBehindTheHistory() throws Exception {
        alice("!talk bob", "before");
        house.script(
                "bob", "!login", "bob", House.PASSPHRASE, "!reset-identity", House.PASSPHRASE, "another passphrase");
        house.keep("alice", "bob", "hello\tagain");
        String kept = "1 message to bob is kept on this device and can't go out now: ";
        House.Result second = alice("!talk carol", "hi", "!talk bob");
        assertThat(second.output())
                .contains(kept + "The identity of bob has changed")
                .containsPattern("(?m)^not sent yet ~ \\[alice]: hello.again$");
        assertThat(second.done()).isFalse();
        assertThat(seenBy("carol", "alice")).contains("[alice]: hi");
    }

    @Test
    void changeOfSomebodyElseDoesNotPushTheOpenChatAway() throws Exception {
        alice("!talk bob", "before");
        try (Person alice = house.person("alice")) {
            alice.logsIn("alice").types("!talk carol").sees("to carol> ");
            String next = "another passphrase";
            house.script("bob", "!login", "bob", House.PASSPHRASE, "!reset-identity", House.PASSPHRASE, next);
            house.script("bob", "!login", "bob", next, "!talk alice", "it is me");
            alice.sees("The identity of bob has changed");
            alice.types("!help").sees("!DISCONNECT");
            assertThat(alice.everything().replaceAll("\\s+", " "))
                    .contains("has changed, and nothing is sent to bob now. !ACCEPT bob says more.");
        }
    }
}

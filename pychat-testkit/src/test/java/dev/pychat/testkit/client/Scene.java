package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.model.Position;
import dev.pychat.testkit.liar.Lie;
import dev.pychat.testkit.liar.LyingServer;
import dev.pychat.testkit.liar.Shown;
import dev.pychat.wire.Message;
import java.util.List;

/**
 * Alice and Bob, who have exchanged "one" and "two", and a server that may lie to Bob from then on. Each message is written when
 * everybody has been shown everything before it, so that what is found, and where, is the same each time.
 */
final class Scene implements AutoCloseable {

    final World world;
    final LyingServer liar;
    final Person alice;
    final Person bob;
    private Lie toBob = Lie.NONE;
    private Lie toAlice = Lie.NONE;

    Scene() throws Exception {
        world = World.start();
        liar = world.liar();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
        says(alice, "one");
        says(bob, "two");
    }

    /** Bob is lied to from now on. */
    Scene toBob(Lie told) {
        toBob = told;
        liar.tell(bob.user(), alice.user(), told);
        return this;
    }

    /** Bob is lied to about this, too. */
    Scene toBobToo(Lie told) {
        return toBob(toBob.then(told));
    }

    /** Alice is lied to from now on. */
    Scene toAlice(Lie told) {
        toAlice = told;
        liar.tell(alice.user(), bob.user(), told);
        return this;
    }

    /** The position of the message that is said next. */
    Position next() {
        return new Position(liar.truth(alice.user(), bob.user()).size() + 1L);
    }

    void says(Person speaker, String text) throws Exception {
        speaker.say(speaker == alice ? bob : alice, text);
        speaker.awaitAccepted();
        settle();
    }

    private void settle() {
        List<Shown> truth = liar.truth(alice.user(), bob.user());
        alice.awaitTold(toAlice.tell(truth).size());
        bob.awaitTold(toBob.tell(truth).size());
    }

    /** The rest of what is said in most scenes: three, four, six and eight by Alice, five and seven by Bob. */
    Scene play() throws Exception {
        says(alice, "three");
        says(alice, "four");
        says(bob, "five");
        says(alice, "six");
        says(bob, "seven");
        says(alice, "eight");
        return this;
    }

    /** A message as it is stored. */
    Shown truth(int position) {
        return liar.truth(alice.user(), bob.user()).get(position - 1);
    }

    /** The first messages as the server passes them on. */
    List<Message.Item> items(int count) {
        return liar.truth(alice.user(), bob.user()).stream()
                .limit(count)
                .map(Shown::item)
                .toList();
    }

    /** What somebody was told, position by position: the text, or "-" for none. */
    static List<String> texts(Person person) {
        return person.told().stream().map(message -> message.text().orElse("-")).toList();
    }

    /** What somebody found: position and code. */
    static List<String> found(Person person) {
        return person.told().stream()
                .flatMap(message -> found(message).stream())
                .toList();
    }

    private static List<String> found(ChatMessage message) {
        return message.findings().stream()
                .map(finding -> {
                    assertThat(finding.position()).isEqualTo(message.position());
                    return message.position() + " " + finding.code();
                })
                .toList();
    }

    @Override
    public void close() {
        world.close();
    }
}

package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.ChatMessage;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.testkit.liar.Lie;
import dev.pychat.testkit.liar.Lies;
import dev.pychat.testkit.liar.Part;
import dev.pychat.testkit.liar.Parts;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One field of one message is edited on its way to Bob: of its frame, its envelope, its epoch header. */
class EditedFieldsTest {

    private static final Position THREE = new Position(3);

    /** Fields of an envelope that give another finding than that something was altered. */
    private static final Map<String, String> ENVELOPE = Map.of("label", "MALFORMED", "header name", "UNKNOWN_EPOCH");

    private static final String SENDERS_KEY = "sender's key";

    /** In the names of fields that say what else there is. */
    private static final List<String> SHAPES = List.of("count", "length", "role", "shared index");

    private final SecureRandom random = new SecureRandom();

    @TestFactory
    Stream<DynamicTest> eachFieldOfAnEnvelope() throws Exception {
        Scene scene = new Scene();
        Bytes example = scene.truth(1).item().envelope().value();
        return Parts.ofEnvelope(example).stream()
                .map(part -> DynamicTest.dynamicTest(part.name(), () -> {
                    Lie lie = Lies.editEnvelope(scene.next(), part::flipIn);
                    foundNext(scene, lie, ENVELOPE.getOrDefault(part.name(), "ALTERED"));
                }))
                .onClose(scene::close);
    }

    @TestFactory
    Stream<DynamicTest> eachFieldOfAnEpochHeader() throws Exception {
        Scene scene = new Scene();
        return Parts.ofEpochHeader(scene.truth(1).header()).stream()
                .filter(part -> !part.name().equals(SENDERS_KEY))
                .map(part -> DynamicTest.dynamicTest(part.name(), () -> {
                    Lie lie = Lies.edit(scene.next(), shown -> shown.underHeader(part.flipIn(shown.header())));
                    foundNext(scene, lie, inHeaderFound(part));
                }))
                .onClose(scene::close);
    }

    @Test
    void senderOfAnEpochHeader() throws Exception {
        try (Scene scene = new Scene()) {
            Person carol = scene.world.signUp("carol");
            Bytes bundle = scene.world
                    .stores()
                    .keys()
                    .latestBundle(carol.user())
                    .orElseThrow()
                    .bytes();
            Bytes key = KeyBundle.parse(bundle).fields().identity().value();
            Part part = Parts.ofEpochHeader(scene.truth(1).header()).stream()
                    .filter(each -> each.name().equals(SENDERS_KEY))
                    .findAny()
                    .orElseThrow();
            Lie lie = Lies.edit(THREE, shown -> shown.underHeader(part.replacedIn(shown.header(), key)));
            foundNext(scene, lie, "UNPINNED_IDENTITY");
        }
    }

    /** Bob is shown the next message edited: he finds just that, and at the message after it that Alice saw another one. */
    private static void foundNext(Scene scene, Lie lie, String finding) throws Exception {
        scene.toBobToo(lie);
        scene.says(scene.alice, "edited");
        scene.says(scene.alice, "after it");
        List<ChatMessage> told = scene.bob.told();
        ChatMessage edited = told.get(told.size() - 2);
        ChatMessage after = told.get(told.size() - 1);
        assertThat(edited.content()).isEmpty();
        assertThat(edited.findings()).extracting(found -> found.code().name()).containsExactly(finding);
        assertThat(after.text()).contains("after it");
        assertThat(after.findings()).extracting(Finding::code).containsExactly(FindingCode.VIEWS_DIFFER);
        assertThat(after.findings().get(0).from())
                .as("behind what both agreed on")
                .isEqualTo(new Position(2));
        assertThat(after.findings().get(0).to()).isEqualTo(edited.position());
    }

    private static String inHeaderFound(Part part) {
        String name = part.name();
        return switch (name) {
            case "version" -> "UNSUPPORTED";
            case "realm", "conversation", "recipient" -> "MOVED";
            case "label", "ordinal", "previous head" -> "MALFORMED";
            default -> SHAPES.stream().anyMatch(name::contains) ? "MALFORMED" : "ALTERED";
        };
    }

    /** Bob is shown "three" edited, finds just that, and that Alice saw it otherwise; Alice finds that he did. */
    private static void edited(Lie lie, String finding) throws Exception {
        try (Scene scene = new Scene()) {
            scene.toBob(lie).play();
            assertThat(Scene.texts(scene.bob))
                    .containsExactly("one", "two", "-", "four", "five", "six", "seven", "eight");
            assertThat(Scene.found(scene.bob)).containsExactly("3 " + finding, "4 VIEWS_DIFFER");
            assertThat(Scene.found(scene.alice)).containsExactly("5 VIEWS_DIFFER");
        }
    }

    @Test
    void ciphertext() throws Exception {
        Part first = new Part("first byte of C", 172, 1);
        edited(Lies.editEnvelope(THREE, first::flipIn), "ALTERED");
    }

    @Test
    void idOfTheFrame() throws Exception {
        edited(Lies.edit(THREE, shown -> shown.named(MessageId.random(random))), "ALTERED");
    }

    @Test
    void laneOfTheFrame() throws Exception {
        relabelled(Lies.edit(THREE, shown -> shown.onLane(LaneId.random(random))));
    }

    @Test
    void epochOfTheFrame() throws Exception {
        EpochName other = new EpochName(Bytes.random(random, EpochName.SIZE));
        relabelled(Lies.edit(THREE, shown -> shown.inEpoch(other)));
    }

    /** Views speak of ids and envelopes, so nothing is left to be found later. */
    private static void relabelled(Lie lie) throws Exception {
        try (Scene scene = new Scene()) {
            scene.toBob(lie).play();
            assertThat(Scene.texts(scene.bob))
                    .containsExactly("one", "two", "-", "four", "five", "six", "seven", "eight");
            assertThat(Scene.found(scene.bob)).containsExactly("3 ALTERED");
            assertThat(Scene.found(scene.alice)).isEmpty();
        }
    }

    /** ENVELOPE.md, section 11: this is the server's word, and nothing of it is shown as the sender's. */
    @Test
    void numbersOfTheServersOwnAreNoFindingAndChangeNoText() throws Exception {
        Instant past = Instant.ofEpochMilli(0);
        try (Scene scene = new Scene()) {
            scene.toBob(Lies.edit(THREE, shown -> shown.counted(77, true, past)))
                    .play();
            assertThat(Scene.texts(scene.bob))
                    .containsExactly("one", "two", "three", "four", "five", "six", "seven", "eight");
            assertThat(scene.bob.told().get(2).claimed()).isAfter(past);
            ConversationTest.noFindings(scene.alice, scene.bob);
        }
    }

    @Test
    void headerThatIsWithheldIsUnknown() throws Exception {
        hidden(Lies.edit(THREE, shown -> shown.withHeader(Bytes.EMPTY)), "UNKNOWN_EPOCH");
    }

    @Test
    void otherBytesUnderTheNameOfTheHeaderAreUnknown() throws Exception {
        Part first = new Part("the first byte", 0, 1);
        hidden(Lies.edit(THREE, shown -> shown.withHeader(first.flipIn(shown.header()))), "UNKNOWN_EPOCH");
    }

    /** Alice's process was restarted, so that "three" begins an epoch; its header is what is lied about. */
    private static void hidden(Lie lie, String finding) throws Exception {
        try (Scene scene = new Scene()) {
            scene.toBob(lie);
            scene.alice.close();
            Person alice = scene.world.logIn("alice", scene.alice.stores());
            alice.say(scene.bob, "three");
            alice.awaitTold(1);
            scene.bob.awaitTold(3);
            assertThat(Scene.texts(scene.bob)).containsExactly("one", "two", "-");
            assertThat(Scene.found(scene.bob)).containsExactly("3 " + finding);
        }
    }
}

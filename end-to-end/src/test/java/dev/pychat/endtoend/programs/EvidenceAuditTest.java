package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Evidence that a client has written, and what ./pychat audit says of it. */
@ExtendWith(Shared.class)
class EvidenceAuditTest {
    private static final String STEERING = "\u001b[31mred\u009b2J\u202e";
    private static final int END_RECORD = 5 + 32;
    private static final int SCOPE_AT = "pychat/1 evidence".length() + 2 + 5;
    private static final int REALM = 16;
    private static final int TIME_PLACES_AND_SECRETS = 8 + 8 + 8 + 1;
    private static final int IDENTITY = 32;
    private static final int PIN = IDENTITY + 8 + 8;

    private static Installation pychat;
    private static ServerProcess running;
    private static Path folder;
    private static Path readable;
    private static Path closed;
    private static Person emil;
    private static Finished written;

    @BeforeAll
    static void talk(ServerProcess server, Installation installation) throws Exception {
        pychat = installation;
        running = server;
        folder = pychat.directory("evidence");
        readable = folder.resolve("with the keys");
        closed = folder.resolve("closed");
        Person eva = Person.signUp(server, "eva");
        emil = Person.signUp(server, "emil");
        assertThat(eva.types("!talk emil", "hello", STEERING).exit()).isZero();
        assertThat(emil.types("!talk eva", "hello eva").exit()).isZero();
        assertThat(eva.types("!talk emil", "goodbye").exit()).isZero();
        written = emil.types("!EVIDENCE eva " + readable + " WITH KEYS", "!talk eva", "!evidence eva " + closed);
        assertThat(written.exit()).as("%s", written).isZero();
    }

    @Test
    void whatGivingKeysMeansIsSaidAndTheFileIsPrivateAndWhole() throws Exception {
        assertThat(written.out())
                .containsSubsequence(
                        "whoever gets hold of the file can read all messages",
                        "positions 1 to 4",
                        "Whoever holds it can read these messages.",
                        "Nobody can read a message with it");
        for (Path file : new Path[] {readable, closed}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void nothingIsWrittenOver() throws Exception {
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        Finished refused = emil.types(
                "!evidence eva " + taken,
                "!evidence eva " + folder.resolve("nowhere").resolve("file"),
                "!evidence eva",
                "!evidence nobody-there " + folder.resolve("nobody"));
        assertThat(refused.exit()).as("%s", refused).isEqualTo(1);
        assertThat(refused.out())
                .containsSubsequence(
                        "is there already", "there is no directory", "a name and a file are wanted", "did not work");
        assertThat(taken).hasContent("mine");
        assertThat(folder.resolve("nobody")).doesNotExist();
    }

    @Test
    void honestEvidenceHolds() throws Exception {
        Finished audit = audit("--messages", readable.toString());
        assertThat(audit.exit()).as("%s", audit).isZero();
        assertThat(audit.err()).isEmpty();
        assertThat(audit.out())
                .containsSubsequence(
                        "a conversation of emil with eva",
                        "safety number: ",
                        "position 1 of eva: ",
                        ": hello\n",
                        "\u241b[31mred\u241b[2J\n",
                        "position 3 of emil: ",
                        ": hello eva\n",
                        ": goodbye\n",
                        "signature holds, and the secret given is its own",
                        "later signed headers vouch for 2 of them",
                        "4 views agree",
                        "eva has confirmed this history up to position 3",
                        "HOLDS",
                        "Everything in the file could be looked at.");
        assertThat(audit.out()).doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    void withoutKeysNothingIsRead() throws Exception {
        Finished audit = audit(closed.toString(), "--messages");
        assertThat(audit.exit()).as("%s", audit).isZero();
        assertThat(audit.out())
                .contains("sealed; its secret is not in the file", "HOLDS", "4 messages are sealed")
                .doesNotContain("hello");
    }

    @Test
    void programsReadTheSame() throws Exception {
        Finished audit = audit("--json", "--messages", readable.toString());
        assertThat(audit.exit()).as("%s", audit).isZero();
        assertThat(audit.out())
                .contains(
                        "\"holds\": true",
                        "\"complete\": true",
                        "\"text\": \"hello\"",
                        "\\u001b[31mred\\u009b2J\\u202e")
                .matches("\\p{ASCII}+")
                .doesNotContain("\u001b");
    }

    @Test
    void replacedContentDoesNotHold() throws Exception {
        Finished audit = audit(replaced(readable, folder.resolve("replaced")).toString());
        assertThat(audit.exit()).as("%s", audit).isEqualTo(5);
        assertThat(audit.out())
                .contains("! position 4 of eva: ALTERED", "DOES NOT HOLD: 1 finding")
                .doesNotContain("goodbye");
        Finished json = audit("--json", folder.resolve("replaced").toString());
        assertThat(json.exit()).isEqualTo(5);
        assertThat(json.out()).contains("\"code\": \"ALTERED\"", "\"holds\": false");
    }

    @Test
    void whatTheSafetyNumberDoesNotCoverHasAnExitCodeOfItsOwn() throws Exception {
        Path file = succeeded(readable, folder.resolve("succeeded"));
        Finished audit = audit(file.toString());
        assertThat(audit.exit()).as("%s", audit).isEqualTo(9);
        assertThat(audit.out())
                .contains(
                        "nobody vouches for it",
                        "? position 1 of eva: signed by identity ",
                        "HOLDS IN PART: nothing is found, but 3 messages are of identities")
                .doesNotContain("? position 3 of emil");
        Finished json = audit("--json", file.toString());
        assertThat(json.exit()).isEqualTo(9);
        assertThat(json.out()).contains("\"verdict\": \"HOLDS_IN_PART\"", "\"holds\": false", "\"uncovered\": 3");
    }

    @Test
    void lineTypedJustBeforeIsInIt() throws Exception {
        Path file = folder.resolve("at once");
        Person ida = Person.signUp(running, "ida");
        Person ilse = Person.signUp(running, "ilse");
        Finished typed = ilse.types("!talk ida", "first", "!evidence ida " + file + " with keys");
        assertThat(typed.exit()).as("%s %s", typed, ida).isZero();
        assertThat(audit("--messages", file.toString()).out()).contains(": first\n", "HOLDS: ");
    }

    @Test
    void whatIsNoEvidenceIsToldByItsExitCode() throws Exception {
        byte[] file = Files.readAllBytes(readable);
        Path damaged = Files.write(folder.resolve("damaged"), Arrays.copyOf(file, file.length - 1));
        file["pychat/1 evidence".length() + 1] = 2;
        Path newer = Files.write(folder.resolve("newer"), file);
        assertRefused(8, damaged.toString());
        assertRefused(7, newer.toString());
        assertRefused(4, folder.resolve("nowhere").toString());
        assertRefused(4, folder.toString());
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertRefused(4, pipe.toString());
        Finished usage = audit();
        assertThat(usage.exit()).isEqualTo(2);
        Finished help = audit("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("5 something does not hold");
    }

    private static void assertRefused(int exit, String file) throws Exception {
        Finished audit = audit(file);
        assertThat(audit.exit()).as("%s", audit).isEqualTo(exit);
        assertThat(audit.out()).isEmpty();
        assertThat(audit.err()).startsWith("pychat audit: ").hasLineCount(1).contains(file);
    }

    private static Finished audit(String... arguments) throws IOException, InterruptedException {
        return pychat.pychat(
                        Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray(String[]::new))
                .run();
    }

    /** The last bit of the last message is another one, and the checksum fits. */
    private static Path replaced(Path from, Path to) throws Exception {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(from));
        int end = file.capacity() - END_RECORD;
        file.put(end - 1, (byte) (file.get(end - 1) ^ 1));
        return writeSummed(file, to);
    }

    /** The peer has another present identity, in front of the one that has signed. */
    private static Path succeeded(Path from, Path to) throws Exception {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(from));
        int at = SCOPE_AT + REALM;
        at += 1 + file.get(at);
        at += 1 + file.get(at) + TIME_PLACES_AND_SECRETS;
        at += 2 + IDENTITY * file.getShort(at);
        ByteBuffer changed = ByteBuffer.allocate(file.capacity() + PIN);
        changed.put(file.array(), 0, at)
                .put((byte) (file.get(at) + 1))
                .put(HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
                .putLong(5)
                .putLong(Long.MAX_VALUE)
                .put(file.array(), at + 1, file.capacity() - at - 1);
        changed.putInt(SCOPE_AT - 4, file.getInt(SCOPE_AT - 4) + PIN);
        return writeSummed(changed, to);
    }

    private static Path writeSummed(ByteBuffer changed, Path to) throws Exception {
        byte[] file = new byte[changed.capacity()];
        changed.get(0, file);
        int end = file.length - END_RECORD;
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(file, 0, end);
        System.arraycopy(digest.digest(), 0, file, end + 5, digest.getDigestLength());
        assertThat(new String(file, 0, 17, StandardCharsets.US_ASCII)).isEqualTo("pychat/1 evidence");
        return Files.write(to, file);
    }
}

package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Follow;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import dev.pychat.wire.WireLimits;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no proper client sends, over a real TLS socket; after each of it the server serves others as before. */
class BadInputTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    @TempDir
    static Path directory;

    private static Started server;
    private static RawClient alice;
    private static RawClient bob;

    @BeforeAll
    static void start() throws Exception {
        server = Started.on(directory.resolve("data"));
        alice = server.client();
        alice.signUp("alice");
        bob = server.client();
        bob.signUp("bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("length over the limit before login", "00010001", "frame length"),
                Arguments.of("negative length", "ffffffff", "frame length"),
                Arguments.of("length zero", "00000000", "frame length"),
                Arguments.of("length below that of a header", "0000000100", "frame length"),
                Arguments.of("header longer than its frame", "00000004ffff7b7d", "header length"),
                Arguments.of("header of no bytes", "000000020000", "header length"),
                Arguments.of("header that is not JSON", frame("hello there"), "header"),
                Arguments.of("header that is an array", frame("[1]"), "header"),
                Arguments.of("header without a type", frame("{\"id\":1}"), "t"),
                Arguments.of("field of the wrong type", frame("{\"t\":\"ping\",\"id\":\"1\"}"), "ping.id"),
                Arguments.of("field that is missing", frame("{\"t\":\"hello\",\"id\":1}"), "hello"),
                Arguments.of("the same field twice", frame("{\"t\":\"ping\",\"id\":1,\"id\":2}"), "ping"),
                Arguments.of("number too large", frame("{\"t\":\"ping\",\"id\":1e400}"), "ping.id"),
                Arguments.of("nesting too deep", frame("{\"t\":\"ping\",\"x\":[[[[[[1]]]]]]}"), "header"),
                Arguments.of("bytes that are no UTF-8", "000000060004c3287b7d", "header"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedFrameIsAnsweredWithWhatIsWrongAndTheEnd(String name, String hex, String named) throws Exception {
        try (RawTls raw = RawTls.connect(server.port())) {
            raw.write(Bytes.fromHex(hex));
            String answer = raw.readToEnd();
            assertThat(answer).contains("\"error\"", "malformed_frame", named);
        }
        aliceAndBobStillTalk();
    }

    @Test
    void inASessionTheLimitIsHigherAndWhatIsOverItIsMalformedToo() throws Exception {
        String logIn = "{\"t\":\"log-in\",\"id\":2,\"user\":\"alice\",\"device\":\"%s\",\"secret\":\"%s\"}"
                .formatted(
                        RawClient.device("alice").value().base64Url(),
                        RawClient.secret("alice").value().base64Url());
        try (RawTls raw = RawTls.connect(server.port())) {
            raw.write(Bytes.fromHex(frame("{\"t\":\"hello\",\"id\":1,\"versions\":[1],\"agent\":\"x\"}")));
            assertThat(raw.readFrame()).contains("\"welcome\"");
            raw.write(Bytes.fromHex(frame(logIn)));
            assertThat(raw.readFrame()).contains("\"session\"");
            Bytes header = Bytes.copyOf("{\"t\":\"later\",\"id\":3}".getBytes(StandardCharsets.UTF_8));
            Bytes large = Bytes.adopt(new byte[WireLimits.MAX_FRAME - Short.BYTES - header.size()]);
            raw.write(Bytes.concat(
                    Bytes.fromHex("%08x%04x".formatted(WireLimits.MAX_FRAME, header.size())), header, large));
            assertThat(raw.readFrame()).contains("unsupported", "later");
            raw.write(Bytes.fromHex("%08x".formatted(WireLimits.MAX_FRAME + 1)));
            assertThat(raw.readToEnd()).contains("malformed_frame", "frame length", "2 to " + WireLimits.MAX_FRAME);
        }
        aliceAndBobStillTalk();
    }

    @Test
    void unknownTypeIsAnsweredAndTheConnectionLives() throws Exception {
        try (RawTls raw = RawTls.connect(server.port())) {
            raw.write(Bytes.fromHex(frame("{\"t\":\"hello\",\"id\":1,\"versions\":[1],\"agent\":\"x\",\"new\":{}}")));
            assertThat(raw.readFrame()).contains("\"welcome\"");
            raw.write(Bytes.fromHex(frame("{\"t\":\"teleport\",\"id\":2}")));
            assertThat(raw.readFrame()).contains("unsupported", "teleport");
            raw.write(Bytes.fromHex(frame("{\"t\":\"receipts\",\"id\":3}")));
            assertThat(raw.readFrame()).contains("unsupported");
            raw.write(Bytes.fromHex(frame("{\"t\":\"ping\",\"id\":4}")));
            assertThat(raw.readFrame()).contains("\"pong\"");
        }
    }

    @Test
    void requestBeforeLoginIsRefused() throws Exception {
        try (RawClient stranger = server.client()) {
            stranger.hello();
            assertThat(stranger.ask(Failure.class, id -> new Inbox(id, "", 10)).code())
                    .isEqualTo(ErrorCode.LOGIN_REQUIRED);
            assertThat(stranger.ask(Failure.class, id -> new Follow(id, ALICE, Position.NONE))
                            .code())
                    .isEqualTo(ErrorCode.LOGIN_REQUIRED);
        }
    }

    @Test
    void conversationOfOthersCannotBeNamed() throws Exception {
        new RawLane(alice, "bob").send("between the two");
        try (RawClient carol = server.client()) {
            carol.signUp("carol");
            assertThat(carol.ask(Message.class, id -> new Page(id, ALICE, Page.UP_TO_HEAD, 64))
                            .items())
                    .isEmpty();
            assertThat(carol.ask(Ok.class, id -> new Follow(id, BOB, Position.NONE))
                            .head())
                    .isEqualTo(Position.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("plain")
    void plainTextOnTheTlsPortEndsTheConnection(String text) throws Exception {
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout((int) RawClient.PATIENCE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            assertThat(ends(socket.getInputStream())).isTrue();
        }
        aliceAndBobStillTalk();
    }

    static Stream<String> plain() {
        return Stream.of("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "hello\nhello\nhello\n");
    }

    @Test
    void garbageEnvelopeIsStoredBlindAndDelivered() throws Exception {
        String garbage = "\u0000\uffff no envelope at all";
        new RawLane(alice, "bob").send(garbage);
        Message page = bob.ask(Message.class, id -> new Page(id, ALICE, Page.UP_TO_HEAD, 1));
        assertThat(page.items())
                .singleElement()
                .satisfies(item -> assertThat(item.envelope().value())
                        .isEqualTo(Bytes.copyOf(garbage.getBytes(StandardCharsets.UTF_8))));
    }

    private static boolean ends(InputStream in) {
        try {
            while (in.read() >= 0) {
                // An alert may come before the end.
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (java.io.IOException reset) {
            return true;
        }
    }

    private static void aliceAndBobStillTalk() {
        new RawLane(alice, "bob").send("still here");
        bob.ask(Pong.class, Ping::new);
    }

    /** The bytes of a frame with this header and no body, in hexadecimal digits. */
    static String frame(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return "%08x%04x%s"
                .formatted(bytes.length + 2, bytes.length, Bytes.copyOf(bytes).hex());
    }
}

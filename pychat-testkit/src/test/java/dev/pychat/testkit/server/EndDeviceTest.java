package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.wire.EndDevice;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Ok;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.OneTimeKeysLeft;
import dev.pychat.wire.PutOneTimeKeys;
import dev.pychat.wire.Session;
import dev.pychat.wire.TakeOneTimeKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndDeviceTest {

    private static final List<Bytes> THREE = List.of(
            Bytes.copyOf("one".getBytes(StandardCharsets.UTF_8)),
            Bytes.copyOf("two".getBytes(StandardCharsets.UTF_8)),
            Bytes.copyOf("three".getBytes(StandardCharsets.UTF_8)));

    private TestServer server;
    private RawClient alice;
    private RawClient desk;
    private Session deskSession;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        alice = server.signedUp("alice");
        desk = server.client();
        desk.hello();
        deskSession = desk.ask(Session.class, Owner.logIn(2, "alice"));
        desk.ask(OneTimeKeysLeft.class, id -> new PutOneTimeKeys(id, 1, THREE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static LongFunction<EndDevice> end(int device, String secret) {
        return id -> new EndDevice(id, RawClient.secret(secret), Owner.device(device));
    }

    private boolean resumes(int device, Session before) throws Exception {
        RawClient late = server.client();
        late.hello();
        return late.await(late.begin(Owner.resume(device, before))) instanceof Session;
    }

    @Test
    void tokenOfAnEndedDeviceIsBadAndThatOfAnotherIsGood() throws Exception {
        RawClient phone = server.client();
        phone.hello();
        Session phoneSession = phone.ask(Session.class, Owner.logIn(3, "alice"));
        alice.ask(Ok.class, end(2, "alice"));
        assertThat(resumes(2, deskSession)).isFalse();
        assertThat(resumes(3, phoneSession)).isTrue();
    }

    @Test
    void nothingOfItsPoolIsHandedOutAndNoNumberComesBack() throws Exception {
        alice.ask(Ok.class, end(2, "alice"));
        assertThat(alice.ask(OneTimeKeyIs.class, id -> new TakeOneTimeKey(id, Owner.ALICE, Owner.device(2)))
                        .key())
                .isEqualTo(Bytes.EMPTY);
        assertThat(desk.ask(OneTimeKeysLeft.class, id -> new PutOneTimeKeys(id, 1, THREE))
                        .left())
                .isZero();
    }

    @Test
    void wrongSecretEndsNothing() throws Exception {
        assertThat(alice.ask(Failure.class, end(2, "guess")).code()).isEqualTo(ErrorCode.BAD_CREDENTIALS);
        assertThat(resumes(2, deskSession)).isTrue();
        assertThat(desk.ask(OneTimeKeysLeft.class, id -> new PutOneTimeKeys(id, 1, List.of()))
                        .left())
                .isEqualTo(3);
    }

    @Test
    void deviceThatIsNotThereIsEndedAsWellAndTheAccountAsAWholeIsNone() throws Exception {
        alice.ask(Ok.class, end(7, "alice"));
        alice.ask(Ok.class, end(7, "alice"));
        Failure refused =
                alice.ask(Failure.class, id -> new EndDevice(id, RawClient.secret("alice"), DeviceId.ACCOUNT));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
    }
}

package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.BlockStore;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.wire.Block;
import dev.pychat.wire.Blocks;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.TakeOneTimeKey;
import dev.pychat.wire.Unblock;
import dev.pychat.wire.UserList;
import dev.pychat.wire.WireLimits;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account takes no messages from another. */
class BlocksTest {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    private final ServerStores stores = MemoryServerStores.create(new SecureRandom());
    private TestServer server;
    private RawClient alice;
    private RawClient bob;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(stores, options -> options);
        alice = server.signedUp("alice");
        bob = server.signedUp("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ErrorCode codeOf(Object reply) {
        return ((Failure) reply).code();
    }

    @Test
    void messagesOfABlockedUserAreRefusedFromTheNextOneOn() throws Exception {
        RawLane toAlice = new RawLane(bob, "alice");
        toAlice.send("before");
        alice.ask(Ok.class, id -> new Block(id, BOB));
        assertThat(codeOf(bob.await(toAlice.begin("after")))).isEqualTo(ErrorCode.BLOCKED);
        // The block is one-way.
        assertThat(new RawLane(alice, "bob").send("to bob").position().value()).isEqualTo(2);
    }

    @Test
    void neitherEpochHeadersNorOneTimeKeysPassABlock() {
        alice.ask(Ok.class, id -> new Block(id, BOB));
        Bytes header = Bytes.copyOf("header".getBytes(StandardCharsets.US_ASCII));
        EpochName name = new EpochName(Sha256.of(header));
        assertThat(codeOf(bob.await(bob.begin(id -> new PutEpoch(id, ALICE, name, header)))))
                .isEqualTo(ErrorCode.BLOCKED);
        DeviceId device = DeviceId.random(new SecureRandom());
        assertThat(codeOf(bob.await(bob.begin(id -> new TakeOneTimeKey(id, ALICE, device)))))
                .isEqualTo(ErrorCode.BLOCKED);
    }

    @Test
    void unblockedUserIsHeardAgain() throws Exception {
        alice.ask(Ok.class, id -> new Block(id, BOB));
        alice.ask(Ok.class, id -> new Block(id, BOB));
        alice.ask(Ok.class, id -> new Unblock(id, BOB));
        alice.ask(Ok.class, id -> new Unblock(id, BOB));
        assertThat(new RawLane(bob, "alice").send("again").position().value()).isEqualTo(1);
        assertThat(alice.ask(UserList.class, id -> new Blocks(id, "", 10)).users())
                .isEmpty();
    }

    @Test
    void blockIsKeptForOtherSessionsAndTakesNoWordOfStrangers() throws Exception {
        alice.ask(Ok.class, id -> new Block(id, BOB));
        RawClient phone = server.loggedIn("alice");
        assertThat(phone.ask(UserList.class, id -> new Blocks(id, "", 10)).users())
                .containsExactly(BOB);
        assertThat(bob.ask(UserList.class, id -> new Blocks(id, "", 10)).users())
                .isEmpty();
        RawClient stranger = server.client();
        stranger.hello();
        assertThat(codeOf(stranger.await(stranger.begin(id -> new Blocks(id, "", 10)))))
                .isEqualTo(ErrorCode.LOGIN_REQUIRED);
    }

    @Test
    void oneselfAndNobodyCantBeBlocked() {
        assertThat(codeOf(alice.await(alice.begin(id -> new Block(id, ALICE))))).isEqualTo(ErrorCode.SELF_CONVERSATION);
        assertThat(codeOf(alice.await(alice.begin(id -> new Block(id, new Username("nobody"))))))
                .isEqualTo(ErrorCode.UNKNOWN_USER);
    }

    @Test
    void listComesInPagesAndEndsAtItsLimit() throws Exception {
        BlockStore blocks = stores.blocks();
        for (int i = 0; i < WireLimits.MAX_BLOCKS; i++) {
            blocks.block(ALICE, new Username(String.format(Locale.ROOT, "u%04d", i)));
        }
        Failure full = (Failure) alice.await(alice.begin(id -> new Block(id, BOB)));
        assertThat(full.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(full.text()).isEqualTo("you have blocked 1000 users, allowed are 1000; unblock one first");
        UserList page = alice.ask(UserList.class, id -> new Blocks(id, "u0749", 250));
        assertThat(page.users()).hasSize(250).startsWith(new Username("u0750"));
        assertThat(page.more()).isFalse();
        assertThat(alice.ask(UserList.class, id -> new Blocks(id, "u0748", 250)).more())
                .isTrue();
        alice.ask(Ok.class, id -> new Unblock(id, new Username("u0000")));
        alice.ask(Ok.class, id -> new Block(id, BOB));
    }

    @Test
    void whoChangesBlocksWithoutEndIsHeldUp() {
        for (int i = 0; i < 256; i++) {
            alice.ask(Ok.class, id -> new Unblock(id, BOB));
        }
        assertThat(codeOf(alice.await(alice.begin(id -> new Block(id, BOB))))).isEqualTo(ErrorCode.BUSY);
    }
}

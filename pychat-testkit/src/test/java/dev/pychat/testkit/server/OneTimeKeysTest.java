package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Ok;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.OneTimeKeysLeft;
import dev.pychat.wire.PutOneTimeKeys;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.TakeOneTimeKey;
import dev.pychat.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneTimeKeysTest {

    private static final DeviceId PHONE = RawClient.device("alice");

    private TestServer server;
    private RawClient alice;
    private RawClient bob;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start();
        alice = server.signedUp("alice");
        bob = server.signedUp("bob");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keysAreGivenOutInOrderAndEachOnce() {
        List<Bytes> keys = keys(3, 100);
        assertThat(put(1, keys)).isEqualTo(3);
        assertThat(List.of(take(bob), take(bob), take(bob), take(bob)))
                .containsExactly(keys.get(0), keys.get(1), keys.get(2), Bytes.EMPTY);
    }

    @Test
    void repeatedPutAddsNothingAndBringsNothingBack() {
        List<Bytes> keys = keys(3, 100);
        put(1, keys);
        take(bob);
        assertThat(put(1, keys)).isEqualTo(2);
        assertThat(put(3, keys)).isEqualTo(4);
    }

    @Test
    void putWithoutKeysOnlyAsks() {
        put(1, keys(2, 100));
        assertThat(put(1, List.of())).isEqualTo(2);
        take(bob);
        assertThat(put(1, List.of())).isEqualTo(1);
    }

    @Test
    void poolThatWouldHoldTooManyTakesNone() {
        put(1, keys(100, WireLimits.MAX_ONE_TIME_KEY));
        put(101, keys(99, 100));
        Failure refused = alice.ask(Failure.class, id -> new PutOneTimeKeys(id, 200, keys(2, 100)));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refused.text()).contains("199").contains("200");
        assertThat(put(1, List.of())).isEqualTo(199);
        assertThat(put(199, keys(2, 100))).isEqualTo(200);
    }

    @Test
    void poolIsThatOfTheDeviceThatPut() throws Exception {
        put(1, keys(2, 100));
        RawClient desk = Owner.device(server, 2, "alice");
        assertThat(desk.ask(OneTimeKeysLeft.class, id -> new PutOneTimeKeys(id, 1, List.of()))
                        .left())
                .isZero();
        assertThat(bob.ask(OneTimeKeyIs.class, id -> new TakeOneTimeKey(id, Owner.ALICE, Owner.device(2)))
                        .key())
                .isEqualTo(Bytes.EMPTY);
    }

    @Test
    void ownOtherDeviceMayTakeToo() throws Exception {
        List<Bytes> keys = keys(1, 100);
        put(1, keys);
        assertThat(take(Owner.device(server, 2, "alice"))).isEqualTo(keys.get(0));
    }

    @Test
    void takersAtOnceAreNeverGivenTheSameKey() throws Exception {
        List<Bytes> keys = keys(20, 100);
        put(1, keys);
        List<RawClient> takers = new ArrayList<>();
        List<Long> takes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            takers.add(server.signedUp("taker" + i));
        }
        for (int i = 0; i < 24; i++) {
            takes.add(takers.get(i % 6).begin(taking(PHONE)));
        }
        List<Bytes> taken = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            ServerFrame reply = takers.get(i % 6).await(takes.get(i));
            taken.add(((OneTimeKeyIs) reply).key());
        }
        assertThat(taken).filteredOn(key -> !key.isEmpty()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void nobodyEmptiesAPoolAloneAndOthersStillTake() throws Exception {
        put(1, keys(100, 10));
        ServerFrame last = bob.await(bob.begin(taking(PHONE)));
        int taken = 0;
        while (last instanceof OneTimeKeyIs) {
            taken++;
            last = bob.await(bob.begin(taking(PHONE)));
        }
        assertThat(taken).isEqualTo(32);
        assertThat(last).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(failure.details().retryAfter()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        });
        assertThat(bob.ask(Failure.class, taking(Owner.device(7))).code()).isEqualTo(ErrorCode.BUSY);
        assertThat(take(server.signedUp("carol"))).isNotEqualTo(Bytes.EMPTY);
    }

    @Test
    void deviceMayEmptyItsOwnPool() {
        put(1, keys(100, 10));
        for (int i = 0; i < 100; i++) {
            assertThat(take(alice)).isNotEqualTo(Bytes.EMPTY);
        }
        assertThat(take(alice)).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void unknownUserAndZeroDeviceAreToldSo() {
        assertThat(bob.ask(Failure.class, id -> new TakeOneTimeKey(id, new Username("nobody"), PHONE))
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_USER);
        assertThat(bob.ask(Failure.class, taking(DeviceId.ACCOUNT)).code()).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void poolOfADeletedAccountIsGone() {
        put(1, keys(3, 100));
        alice.ask(Ok.class, Owner.delete("alice"));
        assertThat(bob.ask(Failure.class, taking(PHONE)).code()).isEqualTo(ErrorCode.UNKNOWN_USER);
    }

    @Test
    void accountThatPutsKeysOverAndOverIsBusyInTheEnd() {
        int puts = 0;
        ServerFrame last = alice.await(alice.begin(large()));
        while (!busy(last) && puts < 20) {
            puts++;
            last = alice.await(alice.begin(large()));
        }
        assertThat(busy(last)).isTrue();
        assertThat(puts).isGreaterThanOrEqualTo(4);
    }

    @Test
    void poolNeedsASession() throws Exception {
        RawClient stranger = server.client();
        stranger.hello();
        assertThat(stranger.ask(Failure.class, taking(PHONE)).code()).isEqualTo(ErrorCode.LOGIN_REQUIRED);
        assertThat(stranger.ask(Failure.class, id -> new PutOneTimeKeys(id, 1, keys(1, 10)))
                        .code())
                .isEqualTo(ErrorCode.LOGIN_REQUIRED);
    }

    private static boolean busy(ServerFrame reply) {
        return reply instanceof Failure failure && failure.code() == ErrorCode.BUSY;
    }

    private static LongFunction<PutOneTimeKeys> large() {
        List<Bytes> keys = keys(100, WireLimits.MAX_ONE_TIME_KEY);
        return id -> new PutOneTimeKeys(id, 1, keys);
    }

    private static LongFunction<TakeOneTimeKey> taking(DeviceId device) {
        return id -> new TakeOneTimeKey(id, Owner.ALICE, device);
    }

    private int put(long first, List<Bytes> keys) {
        return alice.ask(OneTimeKeysLeft.class, id -> new PutOneTimeKeys(id, first, keys))
                .left();
    }

    private static Bytes take(RawClient taker) {
        return taker.ask(OneTimeKeyIs.class, taking(PHONE)).key();
    }

    private static List<Bytes> keys(int count, int size) {
        return IntStream.range(0, count).mapToObj(i -> Owner.vault(size)).toList();
    }
}

package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resume tokens: rotation, ends and revocation. */
public abstract class TokenStoreContract extends ServerStoresContract {

    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");
    private static final Instant END = NOW.plusSeconds(60);

    private final DeviceId phone = draw().device();
    private final DeviceId desk = draw().device();

    /** For subclasses. */
    protected TokenStoreContract() {}

    @BeforeEach
    final void signUp() throws Exception {
        stores().accounts().create(alice);
        stores().accounts().create(Logins.account(draw(), BOB));
    }

    private final NewAccount alice = Logins.account(draw(), ALICE);

    @Test
    void tokenIsExchangedForItsSuccessor() throws Exception {
        Bytes first = put(phone);
        Bytes second = token();
        Bytes third = token();
        assertThat(rotate(phone, token(), second)).isFalse();
        assertThat(rotate(phone, first, second)).isTrue();
        assertThat(rotate(phone, second, third)).isTrue();
        assertThat(rotate(phone, first, token())).isFalse();
        assertThat(rotate(phone, third, token())).isTrue();
    }

    @Test
    void tokenBeforeStaysGoodUntilItsSuccessorIsUsed() throws Exception {
        Bytes first = put(phone);
        Bytes lost = token();
        Bytes second = token();
        assertThat(rotate(phone, first, lost)).isTrue();
        assertThat(rotate(phone, first, second)).isTrue();
        assertThat(rotate(phone, lost, token())).isFalse();
        Bytes third = token();
        assertThat(rotate(phone, second, third)).isTrue();
        assertThat(rotate(phone, first, token())).isFalse();
        assertThat(rotate(phone, second, token())).isTrue();
        assertThat(rotate(phone, third, token())).isFalse();
    }

    @Test
    void tokenEndsAtItsEnd() throws Exception {
        Bytes first = put(phone);
        assertThat(rotateAt(END, first, token(), END.plusSeconds(60))).isFalse();
        Bytes second = token();
        assertThat(rotateAt(END.minusNanos(1_000_000), first, second, END.plusSeconds(60)))
                .isTrue();
        assertThat(rotateAt(END, first, token(), END.plusSeconds(60))).isFalse();
        assertThat(rotateAt(END, second, token(), END.plusSeconds(60))).isTrue();
    }

    @Test
    void endedTokensAreForgottenWhenAnotherDeviceGetsOne() throws Exception {
        Bytes ended = put(phone);
        Bytes onDesk = token();
        assertThat(stores().tokens().put(ALICE, alice.login(), desk, onDesk, END, END.plusSeconds(60)))
                .isTrue();
        assertThat(rotate(phone, ended, token()))
                .as("good still if the clock went back, but forgotten")
                .isFalse();
        assertThat(rotateAt(END, onDesk, token(), END.plusSeconds(60))).isFalse();
        assertThat(rotate(desk, onDesk, token())).isTrue();
    }

    @Test
    void tokenBeforeThatIsStillGoodIsNotForgotten() throws Exception {
        Bytes first = put(phone);
        assertThat(rotateAt(NOW, first, token(), NOW.plusSeconds(1))).isTrue();
        assertThat(stores().tokens().put(ALICE, alice.login(), desk, token(), NOW.plusSeconds(2), END))
                .isTrue();
        assertThat(rotateAt(NOW.plusSeconds(3), first, token(), END)).isTrue();
    }

    @Test
    void onlySoManyDevicesOfAnAccountKeepTheirTokens() throws Exception {
        Bytes bobs = token();
        LoginRecord bob = stores().accounts().login(BOB).orElseThrow();
        assertThat(stores().tokens().put(BOB, bob, phone, bobs, NOW, END)).isTrue();
        Bytes first = put(phone);
        List<Bytes> later = new ArrayList<>();
        List<DeviceId> devices = new ArrayList<>();
        for (int i = 0; i <= TokenStore.MAX_DEVICES; i++) {
            devices.add(draw().device());
            later.add(token());
            Instant end = END.plusSeconds(60L + i);
            assertThat(stores().tokens().put(ALICE, alice.login(), devices.get(i), later.get(i), NOW, end))
                    .isTrue();
        }
        assertThat(rotate(phone, first, token())).isFalse();
        for (int i = 0; i < devices.size(); i++) {
            assertThat(rotate(devices.get(i), later.get(i), token())).isTrue();
        }
        assertThat(stores().tokens().rotate(BOB, phone, bobs, token(), NOW, END))
                .isTrue();
    }

    @Test
    void devicesAndAccountsHaveTheirOwnTokens() throws Exception {
        Bytes onPhone = put(phone);
        Bytes onDesk = put(desk);
        assertThat(rotate(desk, onPhone, token())).isFalse();
        assertThat(stores().tokens().rotate(BOB, phone, onPhone, token(), NOW, END))
                .isFalse();
        Bytes again = put(phone);
        assertThat(rotate(phone, onPhone, token())).isFalse();
        assertThat(rotate(phone, again, token())).isTrue();
        assertThat(rotate(desk, onDesk, token())).isTrue();
    }

    @Test
    void revokedTokensAreGone() throws Exception {
        Bytes onPhone = put(phone);
        Bytes onDesk = put(desk);
        stores().tokens().revoke(ALICE, phone);
        stores().tokens().revoke(ALICE, phone);
        stores().tokens().revokeAll(BOB);
        stores().tokens().revoke(new Username("carol"), phone);
        assertThat(rotate(phone, onPhone, token())).isFalse();
        Bytes next = token();
        assertThat(rotate(desk, onDesk, next)).isTrue();
        put(phone);
        stores().tokens().revokeAll(ALICE);
        stores().tokens().revokeAll(ALICE);
        assertThat(rotate(desk, next, token())).isFalse();
        assertThat(rotate(desk, onDesk, token())).isFalse();
    }

    @Test
    void tokenIsGivenOnlyToALogInThatWasCheckedAgainstThePresentRecord() throws Exception {
        LoginRecord other = Logins.draw(draw());
        Bytes kept = put(phone);
        assertThat(stores().tokens().put(ALICE, other, phone, token(), NOW, END))
                .isFalse();
        assertThat(stores().tokens().put(new Username("carol"), other, phone, token(), NOW, END))
                .isFalse();
        assertThat(rotate(phone, kept, token())).isTrue();
    }

    @Test
    void tokenPresentedAtOnceNeverLeavesTheDeviceWithout() throws Exception {
        Bytes first = put(phone);
        List<Bytes> successors = AtOnce.run(8, number -> {
            Bytes next = token();
            assertThat(rotate(phone, first, next)).isTrue();
            return next;
        });
        int good = 0;
        for (Bytes successor : successors) {
            good += rotate(phone, successor, successor) ? 1 : 0;
        }
        assertThat(good).isEqualTo(1);
    }

    private Bytes token() {
        return draw().bytes(32);
    }

    private Bytes put(DeviceId device) throws StoreException {
        Bytes token = token();
        assertThat(stores().tokens().put(ALICE, alice.login(), device, token, NOW, END))
                .isTrue();
        return token;
    }

    private boolean rotate(DeviceId device, Bytes presented, Bytes next) throws StoreException {
        return stores().tokens().rotate(ALICE, device, presented, next, NOW, END);
    }

    private boolean rotateAt(Instant now, Bytes presented, Bytes next, Instant end) throws StoreException {
        return stores().tokens().rotate(ALICE, phone, presented, next, now, end);
    }
}

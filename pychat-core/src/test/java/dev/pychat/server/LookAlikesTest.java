package dev.pychat.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.memory.MemoryServerStores;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAlikesTest {

    private final MemoryServerStores stores = MemoryServerStores.create(new SecureRandom());

    @ParameterizedTest
    @CsvSource({
        "bob, b0b",
        "b0b, bob",
        "alice, a1ice",
        "alice, aiice",
        "alice, allce",
        "1l, il",
        "a.b, a_b",
        "a-b, a.b",
        "martin, rnartin",
        "rnartin, martin",
        "tom, torn",
        "william, vvilliam",
        "vvv, wv",
        "mallory, rna1l0ry",
    })
    void nameThatLooksLikeAnotherIsFound(String there, String wanted) throws Exception {
        signUp(there);
        assertThat(exist(wanted)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "alice, alic",
        "alice, alicee",
        "alice, bob",
        "alice, elice",
        "a.b, ab",
        "user10, user1",
        "user10, user100",
        "mm, nn",
        "carol, garol",
    })
    void nameThatDoesNotLookLikeAnotherIsFree(String there, String wanted) throws Exception {
        signUp(there);
        assertThat(exist(wanted)).isFalse();
    }

    @Test
    void hundredThousandOthersDoNotStandInTheWay() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            signUp("user" + i);
        }
        assertThat(exist("user" + 100_000)).isFalse();
        assertThat(exist("userl0")).isTrue();
    }

    @Test
    void longestNameOfNothingButLookAlikesIsJudgedWithoutTryingThemAll() throws Exception {
        String wanted = "l".repeat(Username.MAX_LENGTH);
        assertThat(exist(wanted)).isFalse();
        signUp("i1".repeat(Username.MAX_LENGTH / 2));
        assertThat(exist(wanted)).isTrue();
    }

    @Test
    void searchThatWouldTakeTooLongRefuses() throws Exception {
        for (int i = 0; i < 1 << 9; i++) {
            String bits = Integer.toBinaryString(1 << 9 | i);
            signUp(bits.replace('0', 'l') + "x" + i);
        }
        assertThat(exist("1111111111zz")).isTrue();
        assertThat(exist("1111111z")).isFalse();
    }

    private boolean exist(String wanted) throws Exception {
        return LookAlikes.exist(stores.accounts(), new Username(wanted));
    }

    private void signUp(String name) throws Exception {
        LoginRecord login = new LoginRecord(Bytes.copyOf(new byte[32]), 65_536, 3, 4, "hash");
        stores.accounts().create(new NewAccount(new Username(name), Bytes.copyOf(new byte[16]), login, Instant.EPOCH));
    }
}

package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.StoredBundle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Key bundles, epoch headers and one-time keys. */
public abstract class KeyDirectoryContract extends ServerStoresContract {

    private final DeviceId phone = draw().device();

    /** For subclasses. */
    protected KeyDirectoryContract() {}

    @Test
    void bundlesFollowEachOther() throws Exception {
        StoredBundle first = bundle(1);
        StoredBundle fifth = bundle(5);
        assertThat(keys().latestBundle(ALICE)).isEmpty();
        assertThat(keys().putBundle(ALICE, 0, first)).isEqualTo(first);
        assertThat(keys().putBundle(ALICE, 1, fifth)).isEqualTo(fifth);
        assertThat(keys().latestBundle(ALICE)).contains(fifth);
        assertThat(keys().bundle(ALICE, 1)).contains(first);
        assertThat(keys().bundle(ALICE, 5)).contains(fifth);
        assertThat(keys().bundle(ALICE, 2)).isEmpty();
        assertThat(keys().bundle(ALICE, 0)).isEmpty();
        assertThat(keys().latestBundle(new Username("al"))).isEmpty();
        assertThat(keys().latestBundle(new Username("alice2"))).isEmpty();
    }

    @Test
    void bundleThatDoesNotFollowTheLatestChangesNothing() throws Exception {
        StoredBundle first = bundle(1);
        StoredBundle second = bundle(2);
        assertThatThrownBy(() -> keys().putBundle(ALICE, 1, second)).isInstanceOf(StoreRefusedException.class);
        keys().putBundle(ALICE, 0, first);
        assertThat(keys().putBundle(ALICE, 0, bundle(1))).isEqualTo(first);
        assertThat(keys().putBundle(ALICE, 0, bundle(2))).isEqualTo(first);
        assertThat(keys().putBundle(ALICE, 0, first)).isEqualTo(first);
        keys().putBundle(ALICE, 1, second);
        assertThat(keys().putBundle(ALICE, 0, first)).isEqualTo(first);
        assertThat(keys().putBundle(ALICE, 1, bundle(3))).isEqualTo(second);
        assertThat(keys().latestBundle(ALICE)).contains(second);
        assertThatIllegalArgumentException().isThrownBy(() -> keys().putBundle(ALICE, 2, bundle(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> keys().putBundle(ALICE, -1, bundle(3)));
    }

    @Test
    void oneOfManyBundlesPublishedAtOnceFollows() throws Exception {
        List<StoredBundle> rivals = IntStream.range(0, 20)
                .mapToObj(number -> bundle(1 + number % 3))
                .toList();
        List<StoredBundle> answers = AtOnce.run(20, number -> keys().putBundle(ALICE, 0, rivals.get(number)));
        assertThat(new HashSet<>(answers)).hasSize(1);
        assertThat(keys().latestBundle(ALICE)).contains(answers.get(0));
        assertThat(rivals).contains(answers.get(0));
    }

    @Test
    void epochHeadersAreKeptUnderTheirConversationAndName() throws Exception {
        ConversationId conversation = draw().conversation();
        EpochName name = draw().epoch();
        EpochName other = draw().epoch();
        Bytes header = draw().bytes(2000);
        keys().putEpoch(conversation, name, header);
        keys().putEpoch(conversation, name, header);
        keys().putEpoch(conversation, name, draw().bytes(10));
        assertThat(keys().epochs(conversation, Set.of(name, other))).isEqualTo(Map.of(name, header));
        assertThat(keys().epochs(draw().conversation(), Set.of(name))).isEmpty();
        assertThat(keys().epochs(conversation, Set.of())).isEmpty();
        keys().putEpoch(conversation, other, draw().bytes(32 * 1024));
        assertThat(keys().epochs(conversation, Set.of(name, other))).hasSize(2);
    }

    @Test
    void tooManyEpochHeadersAtOnceAreRefused() throws Exception {
        Set<EpochName> names = new HashSet<>();
        while (names.size() < 64) {
            names.add(draw().epoch());
        }
        assertThat(keys().epochs(draw().conversation(), names)).isEmpty();
        names.add(draw().epoch());
        assertThatIllegalArgumentException().isThrownBy(() -> keys().epochs(draw().conversation(), names));
    }

    @Test
    void oneTimeKeysAreTakenInOrderAndNeverComeBack() throws Exception {
        List<Bytes> pool = pool(4);
        assertThat(keys().takeOneTimeKey(ALICE, phone)).isEmpty();
        keys().addOneTimeKeys(ALICE, phone, 1, pool, 200);
        assertThat(keys().oneTimeKeys(ALICE, phone)).isEqualTo(4);
        assertThat(keys().takeOneTimeKey(ALICE, phone)).contains(pool.get(0));
        keys().addOneTimeKeys(ALICE, phone, 1, pool, 200);
        assertThat(keys().oneTimeKeys(ALICE, phone)).isEqualTo(3);
        List<Bytes> more = pool(2);
        keys().addOneTimeKeys(ALICE, phone, 4, List.of(pool.get(3), more.get(0), more.get(1)), 200);
        assertThat(takeAll()).containsExactly(pool.get(1), pool.get(2), pool.get(3), more.get(0), more.get(1));
        keys().addOneTimeKeys(ALICE, phone, 1, pool, 200);
        keys().addOneTimeKeys(ALICE, phone, 1, List.of(), 200);
        assertThat(keys().oneTimeKeys(ALICE, phone)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> keys().addOneTimeKeys(ALICE, phone, 0, pool, 200));
    }

    @Test
    void poolHoldsNoMoreThanItMayAndThenTakesNone() throws Exception {
        List<Bytes> pool = pool(4);
        assertThat(keys().addOneTimeKeys(ALICE, phone, 1, pool, 3)).isFalse();
        assertThat(keys().oneTimeKeys(ALICE, phone)).isZero();
        assertThat(keys().addOneTimeKeys(ALICE, phone, 1, pool, 4)).isTrue();
        assertThat(keys().addOneTimeKeys(ALICE, phone, 1, pool, 4)).isTrue();
        assertThat(keys().addOneTimeKeys(ALICE, phone, 5, pool(1), 4)).isFalse();
        keys().takeOneTimeKey(ALICE, phone);
        assertThat(keys().addOneTimeKeys(ALICE, phone, 3, pool(3), 4)).isTrue();
        assertThat(keys().oneTimeKeys(ALICE, phone)).isEqualTo(4);
    }

    @Test
    void poolHoldsNoMoreThanItMayAlsoWhenManyAreAddedAtOnce() throws Exception {
        AtOnce.run(20, number -> keys().addOneTimeKeys(ALICE, phone, 1 + 10L * number, pool(10), 50));
        assertThat(keys().oneTimeKeys(ALICE, phone)).isBetween(10, 50);
    }

    @Test
    void poolsOfDevicesAreApart() throws Exception {
        keys().addOneTimeKeys(ALICE, phone, 1, pool(2), 200);
        assertThat(keys().oneTimeKeys(ALICE, draw().device())).isZero();
        assertThat(keys().takeOneTimeKey(BOB, phone)).isEmpty();
        assertThat(keys().oneTimeKeys(ALICE, phone)).isEqualTo(2);
    }

    @Test
    void oneTimeKeyIsGivenOutOnceAmongManyTakers() throws Exception {
        List<Bytes> pool = pool(30);
        keys().addOneTimeKeys(ALICE, phone, 1, pool, 200);
        List<Optional<Bytes>> taken = AtOnce.run(40, number -> keys().takeOneTimeKey(ALICE, phone));
        assertThat(taken.stream().flatMap(Optional::stream)).containsExactlyInAnyOrderElementsOf(pool);
    }

    private List<Bytes> takeAll() throws Exception {
        List<Bytes> taken = new ArrayList<>();
        Optional<Bytes> key = keys().takeOneTimeKey(ALICE, phone);
        while (key.isPresent()) {
            taken.add(key.get());
            key = keys().takeOneTimeKey(ALICE, phone);
        }
        return taken;
    }

    private List<Bytes> pool(int size) {
        return IntStream.range(0, size).mapToObj(number -> draw().bytes(40)).toList();
    }

    private StoredBundle bundle(long serial) {
        return new StoredBundle(serial, draw().bytes(600));
    }

    private KeyDirectory keys() {
        return stores().keys();
    }
}

package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.Submission;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores on disk, opened again. Confined to the thread that runs the test. */
public abstract class DurableStoresContract {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    private final StoresOnDisk disk;
    private final Draw draw = Draw.announced(getClass());

    @TempDir
    private Path directory;

    /**
     * Names what is tried.
     *
     * @param disk how the stores are opened
     */
    protected DurableStoresContract(StoresOnDisk disk) {
        this.disk = disk;
    }

    @Test
    void everythingIsThereWhenOpenedAgain() throws Exception {
        Content before;
        try (ServerStores stores = open()) {
            before = Content.fill(stores, draw, 40);
            before.requireEverything();
        }
        for (int times = 0; times < 3; times++) {
            try (ServerStores stores = open()) {
                assertThat(before.readAgain(stores)).isEqualTo(before);
            }
        }
    }

    @Test
    void resentMessageIsADuplicateAfterReopening() throws Exception {
        Talker alice = new Talker(draw, draw.conversation(), ALICE, BOB);
        List<Submission> sent = List.of(alice.next(), alice.next(true), alice.next());
        List<AppendResult> answers;
        try (ServerStores stores = open()) {
            answers = stores.messages().append(sent);
        }
        try (ServerStores stores = open()) {
            List<AppendResult> again = stores.messages().append(sent);
            for (int i = 0; i < sent.size(); i++) {
                Appended first = (Appended) answers.get(i);
                assertThat(again.get(i)).isEqualTo(new Appended(first.position(), first.ordinal(), first.time(), true));
            }
            Submission next = alice.next();
            assertThat(stores.messages().append(List.of(next)).get(0))
                    .isEqualTo(AppendContract.appended(4, 3, next, false));
        }
    }

    @Test
    void lanesAreKeptInTheOrderOfTheirUseWhenOpenedAgain() throws Exception {
        Talker alice = new Talker(draw, draw.conversation(), ALICE, BOB);
        List<Talker> lanes = new ArrayList<>();
        try (ServerStores stores = open()) {
            for (int i = 0; i < AppendResult.MAX_LANES; i++) {
                lanes.add(alice.anotherLane());
                stores.messages().append(List.of(lanes.get(i).next()));
            }
            stores.messages().append(List.of(lanes.get(0).next()));
        }
        try (ServerStores stores = open()) {
            stores.messages().append(List.of(alice.next()));
            assertThat(stores.messages()
                            .append(List.of(lanes.get(1).next(), lanes.get(0).next())))
                    .satisfiesExactly(
                            dropped -> assertThat(dropped).isInstanceOf(AppendResult.UnknownLane.class),
                            kept -> assertThat(kept).isInstanceOf(Appended.class));
        }
        try (ServerStores stores = open()) {
            assertThat(stores.messages().append(List.of(lanes.get(1).next())).get(0))
                    .isInstanceOf(AppendResult.UnknownLane.class);
        }
    }

    @Test
    void tokensTombstonesAndNumbersOutliveTheProcess() throws Exception {
        Instant now = Instant.parse("2026-11-22T14:00:00Z");
        NewAccount alice = Logins.account(draw, ALICE);
        NewAccount bob = Logins.account(draw, BOB);
        DeviceId device = draw.device();
        Bytes first = draw.bytes(32);
        Bytes lost = draw.bytes(32);
        Bytes key = draw.bytes(32);
        try (ServerStores stores = open()) {
            stores.accounts().create(alice);
            stores.accounts().create(bob);
            stores.accounts().delete(BOB, bob.login(), now.plusSeconds(60));
            stores.tokens().put(ALICE, alice.login(), device, first, now, now.plusSeconds(60));
            stores.tokens().rotate(ALICE, device, first, lost, now, now.plusSeconds(60));
            stores.keys().addOneTimeKeys(ALICE, device, 1, List.of(key), 200);
            assertThat(stores.keys().takeOneTimeKey(ALICE, device)).contains(key);
        }
        try (ServerStores stores = open()) {
            assertThat(stores.accounts().create(bob)).isEqualTo(dev.pychat.store.AccountStore.Creation.TAKEN);
            assertThat(stores.tokens().rotate(ALICE, device, first, draw.bytes(32), now, now.plusSeconds(60)))
                    .isTrue();
            assertThat(stores.tokens().rotate(ALICE, device, lost, draw.bytes(32), now, now.plusSeconds(60)))
                    .isFalse();
            stores.keys().addOneTimeKeys(ALICE, device, 1, List.of(key), 200);
            assertThat(stores.keys().takeOneTimeKey(ALICE, device)).isEmpty();
        }
    }

    private ServerStores open() throws Exception {
        return disk.open(directory.resolve("data"));
    }
}

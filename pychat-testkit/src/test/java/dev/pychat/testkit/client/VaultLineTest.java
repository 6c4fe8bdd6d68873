package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.client.ServerUnreachableException;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Ok;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.VaultPut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each vault names the one before it: what the server puts beside that line is noticed, and what honest devices do is not. */
class VaultLineTest {

    private World world;
    private Person alice;
    private Person bob;
    private FaultyTransport wire;
    private Person tablet;

    @BeforeEach
    void start() throws Exception {
        world = World.start();
        alice = world.signUp("alice");
        bob = world.signUp("bob");
        alice.with(bob).identity();
        alice.client().rotateKeys();
        wire = new FaultyTransport(world.transport());
        tablet = world.connect("alice", new MemoryClientStores(), wire);
        tablet.client().logIn(tablet.user(), World.passphrase("alice"));
        tablet.client().rotateKeys();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void vaultThatFollowsAnotherOneThanWasSeenIsToldOfAndFollowed() throws Exception {
        leaveTheTabletBehindOnALineOfItsOwn();
        mark(alice, true);
        mark(alice, false);
        wire.incoming(Optional::of);
        wire.outgoing(Optional::of);
        assertThat(tablet.notices()).isEmpty();
        long met = version();
        tablet.client().rotateKeys();
        assertThat(tablet.awaitNotices(1)).singleElement().asString().startsWith("VAULT_ROLLED_BACK: version " + met);
        assertThat(version()).isGreaterThan(met);
        alice.client().rotateKeys();
        tablet.client().rotateKeys();
        assertThat(tablet.notices()).hasSize(1);
        assertThat(alice.notices()).isEmpty();
        assertThat(tablet.with(bob).identity().verified()).isFalse();
    }

    /** The server keeps back what the tablet puts, says that it has it, and shows the tablet what was before. */
    private void leaveTheTabletBehindOnALineOfItsOwn() throws Exception {
        AtomicReference<VaultIs> last = new AtomicReference<>();
        wire.incoming(frame -> {
            if (frame instanceof VaultIs vault) {
                last.compareAndSet(null, vault);
                VaultIs old = last.get();
                return Optional.of(new VaultIs(vault.re(), old.version(), old.vault()));
            }
            return Optional.of(frame);
        });
        wire.outgoing(frame -> {
            if (frame instanceof VaultPut put) {
                new Thread(() -> wire.deliver(new Ok(put.id(), Position.NONE, Position.NONE))).start();
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        mark(tablet, true);
    }

    private void mark(Person device, boolean verified) throws Exception {
        if (verified) {
            device.with(bob).verify(device.with(bob).identity().safetyNumber());
        } else {
            device.with(bob).unverify();
        }
    }

    private long version() throws Exception {
        return world.stores().accounts().vault(alice.user()).orElseThrow().version();
    }

    @Test
    void twoDevicesQuickAfterEachOtherNoticeNothing() throws Exception {
        long before = version();
        List<CompletableFuture<Void>> both = new ArrayList<>();
        for (Person device : List.of(alice, tablet)) {
            both.add(CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        mark(device, i % 2 == 0);
                    }
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (CompletableFuture<Void> each : both) {
            each.get(120, TimeUnit.SECONDS);
        }
        alice.client().rotateKeys();
        tablet.client().rotateKeys();
        assertThat(version()).isGreaterThan(before + 5);
        assertThat(rolledBack(alice)).isEmpty();
        assertThat(rolledBack(tablet)).isEmpty();
    }

    @Test
    void putWhoseAnswerWasLostIsTheDevicesOwn() throws Exception {
        long before = version();
        AtomicLong put = new AtomicLong(-1);
        wire.outgoing(frame -> noted(frame, put));
        wire.incoming(frame -> {
            if (frame instanceof Ok ok && ok.re() == put.get()) {
                new Thread(wire::cut).start();
                return Optional.empty();
            }
            return Optional.of(frame);
        });
        assertThatThrownBy(() -> tablet.client().rotateKeys()).isInstanceOf(PychatException.class);
        assertThat(version()).isGreaterThan(before);
        wire.outgoing(Optional::of);
        wire.incoming(Optional::of);
        Person.await(this::rotatesAgain, () -> "the tablet does not come back");
        assertThat(rolledBack(tablet)).isEmpty();
        alice.client().rotateKeys();
        assertThat(rolledBack(alice)).isEmpty();
    }

    private boolean rotatesAgain() {
        try {
            tablet.client().rotateKeys();
            return true;
        } catch (ServerUnreachableException notYet) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<ClientFrame> noted(ClientFrame frame, AtomicLong put) {
        if (frame instanceof VaultPut vault) {
            put.set(vault.id());
        }
        return Optional.of(frame);
    }

    private static List<String> rolledBack(Person device) {
        return device.notices().stream()
                .filter(notice -> notice.startsWith("VAULT_ROLLED_BACK"))
                .toList();
    }
}

package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.bus.AccountHint;
import dev.pychat.bus.Hint;
import dev.pychat.bus.LiveBus;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.server.ServerMetrics;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.transport.ForwardingConnection;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Follow;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Unfollow;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Method;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server holds no lock while it calls what others have written or what may block: stores, bus, metrics, connections. */
class CallsOutTest {

    private static final Username ALICE = new Username("alice");
    private static final String OF_A_POOL = "java.util.concurrent.ThreadPoolExecutor$Worker";

    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> called = ConcurrentHashMap.newKeySet();

    @Test
    void noLockIsHeldWhileTheServerCallsOut() throws Exception {
        InProcessTransport transport = InProcessTransport.create();
        ServerStores stores = MemoryServerStores.create(new SecureRandom());
        try (TestServer server = TestServer.start(
                looking(ServerStores.class, stores),
                options -> options.transport(looking(transport))
                        .bus(new LookingBus())
                        .metrics(looking(ServerMetrics.class, ServerMetrics.NONE)))) {
            chat(transport);
            server.server().load();
        }
        assertThat(called)
                .contains(
                        "append",
                        "login",
                        "send",
                        "close",
                        "publish",
                        "hint",
                        "subscribe",
                        "received",
                        "stored",
                        "hashed");
        assertThat(held).isEmpty();
    }

    private static void chat(InProcessTransport transport) throws Exception {
        try (RawClient alice = RawClient.connect(transport.client());
                RawClient bob = RawClient.connect(transport.client())) {
            alice.signUp("alice");
            bob.signUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            bob.ask(Ok.class, id -> new Follow(id, ALICE, Position.NONE));
            for (int i = 1; i <= 100; i++) {
                lane.begin("m" + i);
            }
            long read = 0;
            while (read < 100) {
                read += bob.nextPush(Message.class).items().size();
                bob.send(new Ack(ALICE, new Position(read)));
            }
            bob.ask(Ok.class, id -> new MarkRead(id, ALICE, new Position(100)));
            bob.ask(Ok.class, id -> new Unfollow(id, ALICE));
            lane.send("news");
        }
    }

    private void look(String what) {
        called.add(what);
        ThreadInfo info = ManagementFactory.getThreadMXBean()
                .getThreadInfo(new long[] {Thread.currentThread().getId()}, true, true)[0];
        if (info != null) {
            Stream.concat(Arrays.stream(info.getLockedMonitors()), Arrays.stream(info.getLockedSynchronizers()))
                    .filter(lock -> !lock.getClassName().equals(OF_A_POOL))
                    .forEach(lock -> held.add(what + " on " + info.getThreadName() + " with " + lock));
        }
    }

    /** The same thing, looked at whenever it is called; so are the parts that it gives. */
    private <T> T looking(Class<T> seam, T target) {
        return Seams.proxy(seam, (proxy, method, arguments) -> {
            look(method.getName());
            Object result = Seams.invoke(target, method, arguments);
            return isSeam(method) ? part(method.getReturnType(), result) : result;
        });
    }

    private <T> T part(Class<T> seam, Object target) {
        return looking(seam, seam.cast(target));
    }

    private static boolean isSeam(Method method) {
        return method.getDeclaringClass() == ServerStores.class
                && method.getReturnType().isInterface();
    }

    private ServerTransport looking(InProcessTransport transport) {
        return acceptor -> looking(
                Listener.class, transport.listen(connection -> acceptor.accept(new LookingConnection(connection))));
    }

    private final class LookingBus implements LiveBus {
        private final LiveBus bus = LiveBus.inProcess();

        @Override
        public void publish(Hint hint) {
            look("publish");
            bus.publish(hint);
        }

        @Override
        public void publish(AccountHint hint) {
            look("publish");
            bus.publish(hint);
        }

        @Override
        public Subscription subscribe(Username account, Consumer<Hint> target) {
            look("subscribe");
            return bus.subscribe(account, hint -> {
                look("hint");
                target.accept(hint);
            });
        }

        @Override
        public Subscription subscribeToAccount(Username account, Consumer<AccountHint> target) {
            look("subscribe");
            return bus.subscribeToAccount(account, target);
        }
    }

    private final class LookingConnection extends ForwardingConnection<ServerFrame> {
        LookingConnection(Connection<ServerFrame> connection) {
            super(connection);
        }

        @Override
        public boolean send(ServerFrame frame) {
            look("send");
            return super.send(frame);
        }

        @Override
        public void close(CloseReason reason) {
            look("close");
            super.close(reason);
        }

        @Override
        public void pauseReading() {
            look("pause");
            super.pauseReading();
        }

        @Override
        public void resumeReading() {
            look("resume");
            super.resumeReading();
        }
    }
}

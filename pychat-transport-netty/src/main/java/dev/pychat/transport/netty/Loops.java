package dev.pychat.transport.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one listener: daemons that are there from the beginning until {@link #end}. Loops of their own rather than one of
 * Netty's groups, which would start a thread of Netty's to tell that it ended. Thread-safe.
 */
final class Loops {

    /** Half of this machine for handshakes, and as many for who is connected. */
    static final int COUNT = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final long MOST_SECONDS_TO_END = 5;

    private final List<EventLoop> handshakes = new ArrayList<>();
    private final List<EventLoop> frames = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** Starts the threads; if one is lacking, none stays. */
    static Loops start(IoHandlerFactory kind) {
        Loops loops = new Loops();
        try {
            for (int i = 0; i < COUNT; i++) {
                loops.handshakes.add(started(kind, "handshakes"));
                loops.frames.add(started(kind, "frames"));
            }
            return loops;
        } catch (RuntimeException | Error e) {
            loops.end();
            throw e;
        }
    }

    private static EventLoop started(IoHandlerFactory kind, String whose) {
        EventLoop loop = new SingleThreadIoEventLoop(null, named(whose), kind);
        // Netty starts a thread with the first task, and then there may be none to be had.
        loop.execute(() -> {});
        return loop;
    }

    private static ThreadFactory named(String whose) {
        return task -> {
            Thread thread = new FastThreadLocalThread(task, "pychat-" + whose + "-" + MADE.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    EventLoop forHandshake() {
        return handshakes.get(Math.floorMod(next.getAndIncrement(), COUNT));
    }

    EventLoop forFrames() {
        return frames.get(Math.floorMod(next.getAndIncrement(), COUNT));
    }

    /** Whether the caller runs on one of them, and so must not wait for another. */
    boolean isHere() {
        return handshakes.stream().anyMatch(EventLoop::inEventLoop)
                || frames.stream().anyMatch(EventLoop::inEventLoop);
    }

    /** Ends the threads once they have done what they were given. Returns at once; idempotent. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    void end() {
        handshakes.forEach(loop -> loop.shutdownGracefully(0, MOST_SECONDS_TO_END, TimeUnit.SECONDS));
        frames.forEach(loop -> loop.shutdownGracefully(0, MOST_SECONDS_TO_END, TimeUnit.SECONDS));
    }
}

package dev.pychat.endtoend.attack;

import java.time.Duration;

/** Far more connections from one address than it may have. */
final class ManyConnects implements Attack {

    private static final String FROM = "127.0.0.12";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "many connects from one address";
    }

    @Override
    public String attack(Field field) throws Exception {
        int most = 0;
        int tried = 0;
        do {
            try (Sockets sockets = new Sockets(field.server(), FROM)) {
                for (int i = 0; i < field.scale().connects(); i++) {
                    sockets.connect();
                }
                tried += field.scale().connects();
                long end = System.nanoTime() + PATIENCE.toNanos();
                do {
                    Thread.sleep(20); // the attacker has no more processors than the pair
                    sockets.takeEnded(false);
                    if (System.nanoTime() > end) {
                        throw new AssertionError("one address has " + sockets.count() + " connections");
                    }
                } while (sockets.count() > field.scale().ofAnAddress());
                most = Math.max(most, sockets.count());
                Stranger.greeted(field.server(), "127.0.0.13").close();
            }
        } while (!field.isOver());
        return tried + " tried, at most " + most + " at a time were kept; another address was served";
    }
}

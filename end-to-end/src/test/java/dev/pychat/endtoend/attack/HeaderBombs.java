package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Pong;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Headers made to cost a parser much: deep, with huge numbers, with names that come twice or collide. */
final class HeaderBombs implements Attack {

    private static final String FROM = "127.0.0.24";
    private static final int CLIENTS = 4;
    private static final int ALMOST_ALL = 32_000;

    @Override
    public String name() {
        return "header bombs";
    }

    @Override
    public String attack(Field field) throws Exception {
        Map<String, String> bombs = bombs();
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        try {
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> pool.submit(() -> throwAll(field, bombs)))
                    .toList();
            int thrown = 0;
            for (Future<Integer> client : clients) {
                thrown += client.get();
            }
            return thrown + " thrown, each answered with malformed_frame; a legal header of the same size with pong";
        } finally {
            pool.shutdownNow();
        }
    }

    private static int throwAll(Field field, Map<String, String> bombs) throws Exception {
        int thrown = 0;
        do {
            for (Map.Entry<String, String> bomb : bombs.entrySet()) {
                try (Stranger stranger = Stranger.greeted(field.server(), FROM)) {
                    stranger.writeHeader(ping(colliding()));
                    assertThat(stranger.read()).isInstanceOf(Pong.class);
                    stranger.writeHeader(ping(bomb.getValue()));
                    assertThat(stranger.read()).as(bomb.getKey()).isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.MALFORMED_FRAME);
                        assertThat(failure.text()).hasSizeLessThan(1_000);
                    });
                    stranger.awaitEnd();
                    thrown++;
                }
            }
        } while (!field.isOver());
        return thrown;
    }

    private static String ping(String field) {
        return "{\"t\":\"ping\",\"id\":1," + field + "}";
    }

    private static Map<String, String> bombs() {
        int half = ALMOST_ALL / 2;
        Map<String, String> bombs = new LinkedHashMap<>();
        bombs.put("deep arrays", "\"x\":" + "[".repeat(half) + "]".repeat(half));
        bombs.put("deep objects", "\"x\":" + "{\"x\":".repeat(ALMOST_ALL / 7) + "1" + "}".repeat(ALMOST_ALL / 7));
        bombs.put("deep and never closed", "\"x\":" + "[".repeat(ALMOST_ALL));
        bombs.put("a number of many digits", "\"x\":" + "9".repeat(ALMOST_ALL));
        bombs.put("a fraction of many digits", "\"id\":1." + "0".repeat(ALMOST_ALL));
        bombs.put("a huge exponent", "\"id\":1e999999999");
        bombs.put(
                "the same name thousands of times",
                IntStream.range(0, ALMOST_ALL / 7).mapToObj(i -> "\"x\":1").collect(Collectors.joining(",")));
        bombs.put("the same colliding names twice", colliding(ALMOST_ALL / 60) + "," + colliding(ALMOST_ALL / 60));
        bombs.put("a known name twice", "\"id\":2");
        return bombs;
    }

    /** Names that all have the same {@link String#hashCode}. */
    private static String colliding() {
        return colliding(ALMOST_ALL / 30);
    }

    private static String colliding(int names) {
        return IntStream.range(0, names)
                .mapToObj(i -> "\""
                        + IntStream.range(0, 11)
                                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                                .collect(Collectors.joining())
                        + "\":1")
                .collect(Collectors.joining(","));
    }
}

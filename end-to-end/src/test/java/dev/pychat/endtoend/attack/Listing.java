package dev.pychat.endtoend.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Username;
import dev.pychat.wire.FrameCodec;
import dev.pychat.wire.UserList;
import dev.pychat.wire.Users;
import dev.pychat.wire.WireLimits;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that list all users, as {@code !LIST} does and without a pause. */
final class Listing implements Attack {

    private static final int CLIENTS = 4;
    private static final String FROM = "127.0.0.18";

    @Override
    public String name() {
        return "lists of all users";
    }

    @Override
    public String attack(Field field) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> pool.submit(() -> i == 0 ? listAll(field) : listAnywhere(field)))
                    .toList();
            int pages = 0;
            for (Future<Integer> client : clients) {
                pages += client.get();
            }
            return pages + " pages; a list of all had every one of " + all(field) + " names, once and in order";
        } finally {
            pool.shutdownNow();
        }
    }

    private static int all(Field field) {
        return field.scale().users() + Target.PEOPLE.size();
    }

    /** One list from the first name to the last, as a person gets it. */
    private static int listAll(Field field) throws Exception {
        int pages = 0;
        int names = 0;
        int outOfOrder = 0;
        String last = "";
        boolean more = true;
        try (Stranger stranger = Stranger.loggedIn(field.server(), FROM, "mallory")) {
            while (more) {
                String after = last;
                UserList page = (UserList) stranger.ask(id -> new Users(id, "", after, WireLimits.MAX_USERS));
                for (Username name : page.users()) {
                    outOfOrder += name.value().compareTo(last) > 0 ? 0 : 1;
                    last = name.value();
                    names++;
                }
                more = page.more();
                pages++;
            }
        }
        assertThat(outOfOrder).isZero();
        assertThat(names).isEqualTo(all(field));
        return pages;
    }

    /** Pages from anywhere, one behind the other and not looked at: what costs the attacker least. */
    private static int listAnywhere(Field field) throws Exception {
        int pages = 0;
        try (Stranger stranger = Stranger.loggedIn(field.server(), FROM, "mallory")) {
            while (!field.isOver()) {
                String after =
                        Target.listed(pages * 7_919 % field.scale().users()).value();
                stranger.write(FrameCodec.encode(new Users(++pages, "", after, WireLimits.MAX_USERS)));
                stranger.passOver();
            }
        }
        return pages;
    }
}

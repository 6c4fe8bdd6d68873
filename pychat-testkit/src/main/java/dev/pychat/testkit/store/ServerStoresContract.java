package dev.pychat.testkit.store;

import dev.pychat.model.Username;
import dev.pychat.store.AppendResult;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of all server stores share: each test has new, empty stores, closed after it.
 *
 * <p>Confined to the thread that runs the test.
 */
public abstract class ServerStoresContract {

    /** The users of the tests. */
    protected static final Username ALICE = new Username("alice");

    /** The users of the tests. */
    protected static final Username BOB = new Username("bob");

    private final Draw draw = Draw.announced(getClass());
    private final List<ServerStores> opened = new ArrayList<>();

    /** For subclasses. */
    protected ServerStoresContract() {}

    /**
     * Opens new, empty stores.
     *
     * @return the stores, which the contract closes
     * @throws Exception if they cannot be opened
     */
    protected abstract ServerStores open() throws Exception;

    @BeforeEach
    final void openStores() throws Exception {
        opened.add(open());
    }

    @AfterEach
    final void closeStores() throws StoreException {
        for (ServerStores stores : opened) {
            stores.close();
        }
    }

    final ServerStores stores() {
        return opened.get(0);
    }

    final Draw draw() {
        return draw;
    }

    final Talker talker(Username sender, Username recipient) {
        return new Talker(draw, draw.conversation(), sender, recipient);
    }

    final AppendResult append(Submission submission) throws StoreException {
        return stores().messages().append(List.of(submission)).get(0);
    }

    final List<AppendResult> append(Submission... batch) throws StoreException {
        return stores().messages().append(List.of(batch));
    }

    /** Appends that many messages of one lane, in batches. */
    final List<Submission> fill(Talker talker, int count) throws StoreException {
        List<Submission> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(talker.next());
        }
        for (int from = 0; from < count; from += 1000) {
            stores().messages().append(all.subList(from, Math.min(count, from + 1000)));
        }
        return all;
    }
}

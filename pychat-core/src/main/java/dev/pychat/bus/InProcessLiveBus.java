package dev.pychat.bus;

import dev.pychat.model.Username;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bus of one process: a map from accounts to their listeners. */
final class InProcessLiveBus implements LiveBus {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessLiveBus.class);

    private final Map<Username, Set<Listener<Hint>>> listeners = new ConcurrentHashMap<>();
    private final Map<Username, Set<Listener<AccountHint>>> accounts = new ConcurrentHashMap<>();

    @Override
    public void publish(Hint hint) {
        publish(listeners, hint.account(), hint);
    }

    @Override
    public void publish(AccountHint hint) {
        publish(accounts, hint.account(), hint);
    }

    @Override
    public Subscription subscribe(Username account, Consumer<Hint> target) {
        return subscribe(listeners, account, target);
    }

    @Override
    public Subscription subscribeToAccount(Username account, Consumer<AccountHint> target) {
        return subscribe(accounts, account, target);
    }

    private static <H> void publish(Map<Username, Set<Listener<H>>> listeners, Username account, H hint) {
        for (Listener<H> listener : listeners.getOrDefault(account, Set.of())) {
            try {
                listener.target().accept(hint);
            } catch (RuntimeException | OutOfMemoryError e) {
                // Also where there is no thread for it: who publishes must go on.
                LOG.warn("a listener of the live bus failed; the hint is dropped", e);
            }
        }
    }

    private static <H> Subscription subscribe(
            Map<Username, Set<Listener<H>>> listeners, Username account, Consumer<H> target) {
        Listener<H> listener = new Listener<>(target, new Object());
        listeners.compute(account, (name, present) -> {
            Set<Listener<H>> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(listener);
            return set;
        });
        return () -> listeners.computeIfPresent(account, (name, present) -> {
            present.remove(listener);
            return present.isEmpty() ? null : present;
        });
    }

    /** One subscription; the token tells two subscriptions of one target apart. */
    private record Listener<H>(Consumer<H> target, Object token) {}
}

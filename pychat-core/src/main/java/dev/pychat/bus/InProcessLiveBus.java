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

    private final Map<Username, Set<Listener>> listeners = new ConcurrentHashMap<>();

    @Override
    public void publish(Hint hint) {
        for (Listener listener : listeners.getOrDefault(hint.account(), Set.of())) {
            try {
                listener.target().accept(hint);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the live bus failed; the hint is dropped", e);
            }
        }
    }

    @Override
    public Subscription subscribe(Username account, Consumer<Hint> target) {
        Listener listener = new Listener(target, new Object());
        listeners.compute(account, (name, present) -> {
            Set<Listener> set = present == null ? ConcurrentHashMap.newKeySet() : present;
            set.add(listener);
            return set;
        });
        return () -> listeners.computeIfPresent(account, (name, present) -> {
            present.remove(listener);
            return present.isEmpty() ? null : present;
        });
    }

    /** One subscription; the token tells two subscriptions of one target apart. */
    private record Listener(Consumer<Hint> target, Object token) {}
}

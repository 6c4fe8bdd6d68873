package dev.pychat.store.internal;

import dev.pychat.model.Bytes;
import dev.pychat.store.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The resume token of a device, and the one before it while the present one was never used.
 *
 * <p>Immutable and thread-safe.
 *
 * @param current the hash of the present token
 * @param currentEnds when it ends
 * @param previous the hash of the token before it; empty bytes if there is none
 * @param previousEnds when that ends
 */
public record DeviceToken(Bytes current, Instant currentEnds, Bytes previous, Instant previousEnds) {

    /**
     * A token with none before it.
     *
     * @param hash its hash
     * @param ends when it ends
     * @return the token
     */
    public static DeviceToken first(Bytes hash, Instant ends) {
        return new DeviceToken(hash, ends, Bytes.EMPTY, Instant.EPOCH);
    }

    /**
     * Which tokens of an account are forgotten when one more of its devices gets one.
     *
     * @param others what the other devices have
     * @param now the present
     * @param <K> what names a device
     * @return the devices whose tokens have ended, and the ones that end first where too many are left
     */
    public static <K> Set<K> outdated(Map<K, DeviceToken> others, Instant now) {
        Set<K> outdated = new HashSet<>();
        List<Map.Entry<K, DeviceToken>> good = new ArrayList<>();
        for (Map.Entry<K, DeviceToken> each : others.entrySet()) {
            if (each.getValue().hasEnded(now)) {
                outdated.add(each.getKey());
            } else {
                good.add(each);
            }
        }
        good.sort(Comparator.comparing(each -> each.getValue().currentEnds()));
        good.stream()
                .limit(Math.max(0, good.size() - TokenStore.MAX_DEVICES))
                .forEach(each -> outdated.add(each.getKey()));
        return outdated;
    }

    private boolean hasEnded(Instant now) {
        return !now.isBefore(currentEnds) && !now.isBefore(previousEnds);
    }

    /**
     * Exchanges a good token for its successor.
     *
     * @param presented the hash of what was presented
     * @param next the hash of the successor
     * @param now the present
     * @param ends when the successor ends
     * @return what is kept afterwards; empty if what was presented is not good
     */
    public Optional<DeviceToken> rotate(Bytes presented, Bytes next, Instant now, Instant ends) {
        if (presented.equals(current) && now.isBefore(currentEnds)) {
            return Optional.of(new DeviceToken(next, ends, current, currentEnds));
        }
        if (!previous.isEmpty() && presented.equals(previous) && now.isBefore(previousEnds)) {
            return Optional.of(new DeviceToken(next, ends, previous, previousEnds));
        }
        return Optional.empty();
    }
}

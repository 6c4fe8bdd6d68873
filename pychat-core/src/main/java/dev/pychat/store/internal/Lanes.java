package dev.pychat.store.internal;

import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.AppendResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The heads of one sender's most recently used lanes in one conversation. Confined to whoever holds the ledger.
 */
public final class Lanes {

    /**
     * The last message of a lane.
     *
     * @param id its id
     * @param position its place
     */
    public record Head(MessageId id, Position position) {}

    /** The least recently used first. */
    private final Map<LaneId, Head> heads = new LinkedHashMap<>();

    private boolean everDropped;

    /**
     * Makes them as they were kept.
     *
     * @param heads the heads, the least recently used lane first
     * @param everDropped whether a lane was ever dropped
     */
    public Lanes(Map<LaneId, Head> heads, boolean everDropped) {
        this.heads.putAll(heads);
        this.everDropped = everDropped;
    }

    /**
     * The heads in the order in which they are to be kept.
     *
     * @return each lane and its head, the least recently used first
     */
    public List<Map.Entry<LaneId, Head>> inOrder() {
        return new ArrayList<>(heads.entrySet());
    }

    /**
     * Whether a lane was ever dropped here, so that an unknown one need not be new.
     *
     * @return true once it happened
     */
    public boolean everDropped() {
        return everDropped;
    }

    Optional<Head> head(LaneId lane) {
        return Optional.ofNullable(heads.get(lane));
    }

    void use(LaneId lane, Head head) {
        heads.remove(lane);
        heads.put(lane, head);
        if (heads.size() > AppendResult.MAX_LANES) {
            heads.remove(heads.keySet().iterator().next());
            everDropped = true;
        }
    }
}

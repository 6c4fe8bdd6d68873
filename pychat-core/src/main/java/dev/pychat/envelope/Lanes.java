package dev.pychat.envelope;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.LaneId;
import dev.pychat.model.Username;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lanes of a conversation, the {@value #MAX} that were used last. Immutable.
 *
 * @param tracks by sender and lane, the one used last at the end
 */
record Lanes(Map<Key, LaneTrack> tracks) {

    static final int MAX = 256;
    static final Lanes NONE = new Lanes(Map.of());

    Optional<LaneTrack> of(Username sender, LaneId lane) {
        return Optional.ofNullable(tracks.get(new Key(sender, lane)));
    }

    Lanes with(Username sender, LaneTrack track) {
        Map<Key, LaneTrack> more = new LinkedHashMap<>(tracks);
        Key key = new Key(sender, track.lane());
        more.remove(key);
        if (more.size() >= MAX) {
            more.remove(more.keySet().iterator().next());
        }
        more.put(key, track);
        return new Lanes(Collections.unmodifiableMap(more));
    }

    void write(BinaryWriter out) {
        out.u16(tracks.size());
        tracks.forEach((key, track) -> {
            out.username(key.sender);
            track.write(out);
        });
    }

    static Lanes read(BinaryReader in) throws MalformedException {
        int count = in.u16("count of lanes");
        if (count > MAX) {
            throw in.malformed(count + " lanes, allowed are " + MAX);
        }
        Map<Key, LaneTrack> tracks = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Username sender = in.username("sender");
            LaneTrack track = LaneTrack.read(in);
            if (tracks.put(new Key(sender, track.lane()), track) != null) {
                throw in.malformed("a lane twice");
            }
        }
        return new Lanes(Collections.unmodifiableMap(tracks));
    }

    /**
     * Whose lane.
     *
     * @param sender the sender
     * @param lane the lane
     */
    record Key(Username sender, LaneId lane) {}
}

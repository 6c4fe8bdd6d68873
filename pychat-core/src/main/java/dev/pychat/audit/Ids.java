package dev.pychat.audit;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;

/** Copies of names, which do not keep the record in memory that they were read from. Stateless. */
final class Ids {

    private Ids() {}

    static Bytes copy(Bytes bytes) {
        return Bytes.adopt(bytes.toArray());
    }

    static LaneId copy(LaneId lane) {
        return new LaneId(copy(lane.value()));
    }

    static EpochName copy(EpochName epoch) {
        return new EpochName(copy(epoch.value()));
    }
}

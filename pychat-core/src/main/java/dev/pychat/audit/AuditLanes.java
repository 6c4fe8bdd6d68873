package dev.pychat.audit;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.envelope.LaneHead;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.Username;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been seen of the lanes so far. Confined to one thread. */
final class AuditLanes {

    private record Key(Username sender, LaneId lane) {}

    private final Map<Key, Tally> tallies = new LinkedHashMap<>();

    /** A message is in its place; what is found about its lane is among the findings. */
    void add(
            AuditedIdentity signer,
            boolean read,
            LaneHead head,
            Bytes before,
            LaneHead previous,
            List<Finding> findings) {
        Tally tally = tallies.computeIfAbsent(new Key(signer.user(), Ids.copy(head.lane())), key -> new Tally());
        long found = findings.stream().filter(Findings::isOfLane).count();
        tally.messages++;
        tally.first = tally.messages == 1 ? head.number() : Math.min(tally.first, head.number());
        tally.last = Math.max(tally.last, head.number());
        tally.read += read ? 1 : 0;
        tally.findings += found;
        boolean moves = findings.stream().noneMatch(AuditLanes::leavesHead) && head.number() > tally.headNumber;
        if (moves) {
            tally.move(signer, head, before, previous);
        }
    }

    private static boolean leavesHead(Finding finding) {
        return finding.code() == FindingCode.LANE_FORKED || finding.code() == FindingCode.AFTER_CLOSE;
    }

    List<AuditedLane> audited() {
        return tallies.entrySet().stream()
                .map(each -> each.getValue().audited(each.getKey()))
                .toList();
    }

    private static final class Tally {
        private long messages;
        private long first;
        private long last;
        private long read;
        private long vouched;
        private long findings;
        private long headNumber;
        private EpochName headEpoch = EpochName.NONE;
        private Bytes headHash = Bytes.EMPTY;
        private Bytes encodedHead = Bytes.EMPTY;
        /** How many messages up to the head follow one another without a break, and are not vouched for yet. */
        private long unbroken;

        /**
         * A new header, which is signed, names the head before it, and so all that leads there without a break. That of an identity
         * which the safety number does not cover is anybody's, and vouches for nothing.
         */
        void move(AuditedIdentity signer, LaneHead head, Bytes before, LaneHead previous) {
            if (signer.isCovered()
                    && !head.epoch().equals(headEpoch)
                    && previous.encode().equals(encodedHead)) {
                vouched += unbroken;
                unbroken = 0;
            }
            boolean follows = head.number() == headNumber + 1 && before.equals(headHash);
            unbroken = (follows ? unbroken : 0) + 1;
            headNumber = head.number();
            headEpoch = Ids.copy(head.epoch());
            headHash = Ids.copy(head.hash());
            encodedHead = head.encode();
        }

        AuditedLane audited(Key key) {
            return new AuditedLane(key.sender, key.lane, messages, first, last, read, vouched, findings);
        }
    }
}

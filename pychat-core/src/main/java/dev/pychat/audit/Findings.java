package dev.pychat.audit;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import java.util.List;

/** What is to be said of findings. Stateless. */
final class Findings {

    private Findings() {}

    /** The file lacks the header that a message names. */
    static Finding headerMissing(StoredMessage message, EpochName name) {
        return new Finding(
                FindingCode.UNKNOWN_EPOCH,
                "the file has no epoch header before it of the name "
                        + name.value().hex(),
                message.conversation(),
                message.position(),
                message.sender(),
                message.lane(),
                message.position(),
                message.position());
    }

    /** Whether it says no more than that a newer program is needed. */
    static boolean isUnsupported(Finding finding) {
        return finding.code() == FindingCode.UNSUPPORTED;
    }

    static boolean isOfLane(Finding finding) {
        return switch (finding.code()) {
            case GAP, LANE_FORKED, AFTER_CLOSE -> true;
            default -> false;
        };
    }

    /** Whether the message itself is in its place, whatever is found around it. */
    static boolean isInPlace(List<Finding> findings) {
        return findings.stream().allMatch(finding -> finding.code().showsMessage());
    }
}

package dev.pychat.envelope;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The taking of one message into a transcript: checks 10 to 14 of ENVELOPE.md, section 9.2. Used once. */
final class Taking {

    private final Transcript before;
    private final StoredMessage message;
    private final KnownMessages known;
    private final Bytes envelopeHash;
    private final ViewTrail trail;
    private final List<Finding> findings = new ArrayList<>();
    private final List<View> views = new ArrayList<>();

    private @Nullable View view;
    private Position anchor;
    private Position agreed;
    private Lanes lanes;
    private Map<Username, Seen> seen;

    Taking(Transcript before, StoredMessage message, KnownMessages known) {
        this.before = before;
        this.message = message;
        this.known = known;
        this.envelopeHash = Sha256.of(message.envelope().value());
        this.trail = new ViewTrail(known, message.position(), new KnownMessages.Step(message.id(), envelopeHash));
        this.anchor = before.anchor().orElse(before.first().plus(-1));
        this.agreed = before.agreed();
        this.lanes = before.lanes();
        this.seen = before.seen();
    }

    Taken take(MessageOpening opening) {
        extendView();
        Optional<OpenedMessage> shown = shown(opening);
        shown.ifPresent(this::judge);
        return taken(shown);
    }

    /** The same for a message of which only the outside is known: it is shown to nobody, and its view is not looked at. */
    Taken takeSealed(SealedMessage sealed) {
        extendView();
        if (isInPlace(sealed.head())) {
            LaneTrack after = judgeLane(sealed.place());
            lanes = lanes.with(message.sender(), after);
        }
        return taken(Optional.empty());
    }

    private void extendView() {
        if (before.anchor().isPresent()) {
            view = before.view().then(message.id(), envelopeHash);
            views.add(view);
        }
    }

    private Taken taken(Optional<OpenedMessage> shown) {
        Transcript after = new Transcript(
                before.conversation(), before.first(), message.position(), anchor, view, agreed, lanes, seen);
        return new Taken(after, views, shown, findings);
    }

    /** The same for a message that was taken before and could not be opened then: only its lane and its view are news. */
    Taken again(MessageOpening opening) {
        view = before.view();
        Optional<OpenedMessage> shown = Optional.empty();
        if (opening instanceof OpenedMessage opened) {
            Optional<Finding> finding = misplaced(opened.head());
            finding.ifPresent(findings::add);
            shown = finding.isEmpty() ? Optional.of(opened) : Optional.empty();
        } else {
            findings.add((Finding) opening);
        }
        shown.ifPresent(this::judgeLate);
        return new Taken(before.with(lanes, agreed, seen), List.of(), shown, findings);
    }

    private void judgeLate(OpenedMessage opened) {
        Optional<LaneTrack> track = lanes.of(message.sender(), opened.lane());
        if (track.isPresent()) {
            LaneTrack.Step step = track.get().takeLate(message, opened.place());
            step.finding().ifPresent(findings::add);
            View differing = before.anchor().isPresent()
                    ? judgeView(opened, step.after().differing())
                    : step.after().differing();
            lanes = lanes.with(message.sender(), step.after().differingAt(differing));
        }
    }

    private Optional<OpenedMessage> shown(MessageOpening opening) {
        if (opening instanceof OpenedMessage opened) {
            return isInPlace(opened.head()) ? Optional.of(opened) : Optional.empty();
        }
        Finding finding = (Finding) opening;
        findings.add(finding);
        if (finding.code() != FindingCode.REFLECTED && finding.code() != FindingCode.RE_ATTRIBUTED) {
            countUnopened(message.lane());
        }
        return Optional.empty();
    }

    /** Checks 10 and 11. */
    private boolean isInPlace(LaneHead head) {
        Optional<Finding> finding = misplaced(head);
        finding.ifPresent(findings::add);
        finding.filter(found -> found.code() == FindingCode.ALTERED).ifPresent(altered -> countUnopened(head.lane()));
        return finding.isEmpty();
    }

    private Optional<Finding> misplaced(LaneHead head) {
        Optional<KnownMessages.Known> same = known.byId(head.id())
                .or(() -> known.byPlace(head.epoch(), head.n()))
                .filter(this::isElsewhere);
        if (same.isPresent()) {
            Position there = same.get().position();
            return Optional.of(
                    same.get().envelopeHash().equals(envelopeHash)
                            ? Finding.at(message, FindingCode.REPLAYED, "the message of position " + there + " again")
                            : Finding.at(message, FindingCode.EQUIVOCATED, "another message is at position " + there));
        }
        boolean asLabelled = head.id().equals(message.id())
                && head.lane().equals(message.lane())
                && head.epoch().equals(message.epoch());
        if (asLabelled) {
            return Optional.empty();
        }
        return Optional.of(Finding.at(message, FindingCode.ALTERED, "the server names another id, lane or epoch"));
    }

    /** A message that is not shown accounts for one number of its lane, so that the next one is no gap. */
    private void countUnopened(LaneId lane) {
        Optional<LaneTrack> track = lanes.of(message.sender(), lane);
        if (track.isPresent() || before.first().equals(Position.FIRST)) {
            lanes = lanes.with(
                    message.sender(), track.orElse(LaneTrack.empty(lane)).unopenedOne());
        }
    }

    private boolean isElsewhere(KnownMessages.Known other) {
        return !other.position().equals(message.position());
    }

    private void judge(OpenedMessage opened) {
        LaneTrack after = judgeLane(opened.place());
        lanes = lanes.with(message.sender(), after.differingAt(judgeView(opened, after.differing())));
    }

    private LaneTrack judgeLane(LanePlace place) {
        Optional<LaneTrack> track = lanes.of(message.sender(), place.head().lane());
        if (track.isEmpty() && before.first().isAfter(Position.FIRST)) {
            return LaneTrack.joined(place);
        }
        LaneTrack.Step step = track.orElse(LaneTrack.empty(place.head().lane())).take(message, place);
        step.finding().ifPresent(findings::add);
        return step.after();
    }

    /** Compares the message's view with ours; answers the view to remember as differing, if it does. */
    private @Nullable View judgeView(OpenedMessage opened, @Nullable View differing) {
        View theirs = opened.view();
        Position latest = opened.readUpTo().isAfter(theirs.position()) ? opened.readUpTo() : theirs.position();
        boolean namesMore = latest.isAfter(theirs.position());
        if (differing != null && !namesMore && trail.isSameDifference(differing, theirs)) {
            return theirs.position().isAfter(differing.position()) ? theirs : differing;
        }
        if (!message.position().isAfter(latest)) {
            differ("it names position " + latest + ", which was not there yet", message.position());
            return namesMore ? differing : theirs;
        }
        if (view == null && theirs.position().compareTo(before.first().plus(-1)) >= 0) {
            adopt(theirs);
            if (view != null) {
                hasSeen(opened);
            }
            return null;
        }
        Optional<Bytes> ours = ourHash(theirs.position());
        if (ours.isEmpty()) {
            return differing;
        }
        if (ours.get().equals(theirs.hash())) {
            agreed = theirs.position().isAfter(agreed) ? theirs.position() : agreed;
            hasSeen(opened);
            // A message that comes late says what its sender had seen before they differed.
            return differing != null && differing.position().isAfter(theirs.position()) ? differing : null;
        }
        differ("its sender saw another history up to position " + theirs.position(), theirs.position());
        return theirs;
    }

    private void hasSeen(OpenedMessage opened) {
        Position read = opened.readUpTo().isAfter(opened.view().position())
                ? opened.view().position()
                : opened.readUpTo();
        Map<Username, Seen> more = new LinkedHashMap<>(seen);
        more.put(
                message.sender(),
                before.seenBy(message.sender()).and(opened.view().position(), read));
        seen = Collections.unmodifiableMap(more);
    }

    private void differ(String what, Position to) {
        Position from = agreed.isAfter(to) || agreed.equals(to) ? to : agreed.next();
        findings.add(Finding.span(message, FindingCode.VIEWS_DIFFER, what, from, to));
    }

    private Optional<Bytes> ourHash(Position position) {
        if (position.equals(Position.NONE)) {
            return Optional.of(ViewChain.start(before.conversation()));
        }
        if (view == null || anchor.isAfter(position)) {
            return Optional.empty();
        }
        return position.equals(before.last()) ? Optional.of(before.view().hash()) : known.viewAt(position);
    }

    /** Takes the first signed view inside the span as ours, and computes from there. */
    private void adopt(View theirs) {
        List<View> computed = new ArrayList<>();
        View reached = theirs;
        computed.add(reached);
        while (before.last().isAfter(reached.position())) {
            Optional<KnownMessages.Step> step = known.stepAt(reached.position().next());
            if (step.isEmpty()) {
                return;
            }
            reached = reached.then(step.get().id(), step.get().envelopeHash());
            computed.add(reached);
        }
        view = reached.then(message.id(), envelopeHash);
        computed.add(view);
        anchor = theirs.position();
        agreed = theirs.position();
        views.addAll(computed);
    }
}

"""Sections 8 and 9.2 of ENVELOPE.md, checks 10 to 14: a transcript that takes messages in position order; the pool of 5.1, and the bundles of 5.2."""

from . import formats as f
from . import opening
from .primitives import sha256

MAX_SHIFT = 16


class Lane:
    """What a receiver knows of one lane."""

    def __init__(self):
        self.head, self.unshown, self.missing, self.differing = None, 0, [], None

    def fill(self, number):
        """Takes a number out of the missing ones, which are ranges."""
        ranges = [part for gap in self.missing
                  for part in ((range(gap.start, number), range(number + 1, gap.stop)) if number in gap else (gap,))]
        self.missing = [gap for gap in ranges if gap]


class Transcript:
    """One device's transcript, from position 1."""

    def __init__(self, context):
        self.context, self.lanes = context, {}
        self.views = [f.view_start(context.conversation)]
        self.steps, self.ids, self.places = [None], {}, {}

    def take(self, frame, header, envelope):
        """The findings of the next message, in the order of the checks, and whether it is shown."""
        position, digest = len(self.views), sha256(envelope)
        self.extend(frame.id, digest)
        try:
            plaintext, head = self._open(frame, header, envelope, digest)
        except opening.Found as found:
            return [found.code], False
        self.ids[head.id] = self.places[head.epoch, head.n] = digest
        lane = self.lanes.setdefault((frame.sender, head.lane), Lane())
        findings = self._judge(lane, head, f.read_envelope(envelope).before, f.read_header(header).previous)
        if plaintext is None:  # only its outside is known
            return findings, True
        return findings + self._judge_view(lane, position, plaintext), True

    def extend(self, message_id, envelope_hash):
        """The view goes on with whatever is at the next position."""
        self.views.append(f.view_step_of(self.views[-1], len(self.views), message_id, envelope_hash))
        self.steps.append((message_id, envelope_hash))

    def open(self, frame, header, envelope):
        return opening.open_message(self.context, frame, header, envelope)

    def _open(self, frame, header, envelope, digest):
        try:
            # What the server says of the message is compared last (check 11), so it is opened under its own word first.
            own = f.read_envelope(envelope)
            plain_frame = opening.Frame(frame.sender, own.id, own.lane, own.epoch)
        except f.Malformed:
            plain_frame = frame
        try:
            plaintext, head = self.open(plain_frame, header, envelope)
        except opening.Found as found:
            if found.code not in ("REFLECTED", "RE_ATTRIBUTED"):
                self.unshown(frame.sender, frame.lane)
            raise
        known = self.ids.get(head.id) or self.places.get((head.epoch, head.n))
        opening.check(known is None, "REPLAYED" if known == digest else "EQUIVOCATED")
        if (frame.id, frame.lane, frame.epoch) != (head.id, head.lane, head.epoch):
            self.unshown(frame.sender, head.lane)
            raise opening.Found("ALTERED")
        return plaintext, head

    def unshown(self, sender, lane):
        self.lanes.setdefault((sender, lane), Lane()).unshown += 1

    def _judge(self, lane, head, before, previous):
        last = lane.head
        number, ordinal = (last.number, last.ordinal) if last else (0, 0)
        if head.ordinal < ordinal:
            return ["AFTER_CLOSE"]
        if any(head.number in gap for gap in lane.missing):
            lane.fill(head.number)
            return ["GAP"]
        if head.number <= number or (head.ordinal == ordinal and head.epoch != last.epoch):
            return ["LANE_FORKED"]
        gap = range(number + 1, head.number)
        if not gap:
            expected = last.hash if last else bytes(32)
            follows = head.n > last.n if head.ordinal == ordinal else previous == last
            if before != expected or not follows:
                return ["LANE_FORKED"]
        excused = gap.stop - gap.start <= lane.unshown
        if not excused:
            lane.missing.append(gap)
        lane.head, lane.unshown = head, 0
        return [] if excused else ["GAP"]

    def _judge_view(self, lane, position, plaintext):
        theirs = (plaintext.view_position, plaintext.view_hash)
        if plaintext.read_up_to <= theirs[0] and lane.differing and self._same_difference(lane.differing, theirs):
            lane.differing = max(lane.differing, theirs)
            return []
        if max(theirs[0], plaintext.read_up_to) >= position:
            if plaintext.read_up_to <= theirs[0]:
                lane.differing = theirs
            return ["VIEWS_DIFFER"]
        if self.views[theirs[0]] == theirs[1]:
            if lane.differing and lane.differing[0] <= theirs[0]:
                lane.differing = None
            return []
        lane.differing = theirs
        return ["VIEWS_DIFFER"]

    def _same_difference(self, one, other):
        start, end = sorted((one, other))
        return any(self._leads(start, end, shift) for shift in range(-MAX_SHIFT, MAX_SHIFT + 1))

    def _leads(self, start, end, shift):
        position, digest = start
        while position < end[0]:
            position += 1
            if not 1 <= position + shift < len(self.steps):
                return False
            digest = f.view_step_of(digest, position, *self.steps[position + shift])
        return (position, digest) == end


class Pool:
    """What a device knows of its pool of one-time keys (section 5.1)."""

    DAY = 86400000

    def __init__(self):
        self.since, self.waiting = None, []

    def last_resort_used(self, fetched, made):
        self.waiting.append((fetched, made))

    def told(self, now, left, added):
        """How many epochs are found to have been denied a one-time key."""
        if self.since is None or left <= added:
            self.since = now if left > 0 else None
            self.waiting = [each for each in self.waiting if self._may_be_proven(*each)]
            return 0
        proven = [each for each in self.waiting if self._may_be_proven(*each) and each[1] <= now - self.DAY]
        self.waiting = [each for each in self.waiting if self._may_be_proven(*each) and each not in proven]
        return len(proven)

    def _may_be_proven(self, fetched, _):
        return self.since is not None and fetched >= self.since + self.DAY


class ConfirmedBundles:
    """When the server confirmed which bundle of this account (section 5.2)."""

    TOLERANCE = 48 * 3600000

    def __init__(self):
        self.confirmed = []

    def confirm(self, serial, now):
        if not self.confirmed or self.confirmed[-1][0] < serial:
            self.confirmed.append((serial, now))

    def judge(self, header):
        """The finding about an opened header of role recipient, or None."""
        later = [time for serial, time in self.confirmed[-32:] if serial > header.peer_serial]
        return "OLD_BUNDLE_SERVED" if later and header.fetched > min(later) + self.TOLERANCE else None

"""Runs of several messages: what an honest or lying server delivers to bob, and what he must find at each position."""

from . import formats as f
from . import sealing
from .primitives import sha256
from .scenario import REALM, Epoch, fixed

GARBAGE = b"not a pychat envelope at all"


class Speaker:
    """Alice's device, or a copy of it: it seals on her lane and can be told what her device has seen."""

    def __init__(self, scenario, tag):
        self.s, self.tag, self.head, self.n, self.count, self.ordinal = scenario, tag, None, 0, 0, 0
        self.views = [f.view_start(scenario.conversation)]
        self.begin()

    def copy(self, tag):
        other = Speaker(self.s, tag)
        other.head, other.ordinal, other.views = self.head, self.ordinal, list(self.views)
        other.begin()
        return other

    def begin(self):
        self.ordinal += 1
        lane = fixed("lane of the stories", 16)
        nonce = fixed("%s, nonce %d" % (self.tag, self.ordinal), 16)
        self.epoch = Epoch(self.s.alice, self.s.bob, self.ordinal, self.head, lane=lane, nonce=nonce)
        self.n = 0

    def say(self, view=None, message_id=None, failed=False):
        """Seals one message; a failed one leaves the lane as it was."""
        self.count += 1
        number = self.head.number + 1 if self.head else 1
        before = self.head.hash if self.head else bytes(32)
        message_id = message_id or fixed("%s, message %d" % (self.tag, self.count), 16)
        position, digest = view or (0, self.views[0])
        plaintext = f.Plaintext(None, 1, self.epoch.header.made, 0, position, digest, b"message %d" % self.count)
        sealed = sealing.seal(self.epoch.header, self.epoch.name, self.epoch.secret, self.s.alice.identity,
                              (self.n, number, before, message_id), plaintext, fixed(self.tag + str(self.count)))
        head = f.Head(self.epoch.header.lane, self.ordinal, self.epoch.name, self.n, number, message_id,
                      sealed["messageHash"])
        self.n += 1
        if not failed:
            self.head = head
        return {"sender": "alice", "messageId": message_id, "lane": head.lane, "epoch": head.epoch,
                "header": self.epoch.data, "envelope": sealed["envelope"]}

    def sees(self, *delivered):
        """Her device has these at the next positions; answers its view."""
        for message in delivered:
            position = len(self.views)
            self.views.append(f.view_step(self.views[-1], position, message["messageId"], message["envelope"]))
        return len(self.views) - 1, self.views[-1]


def story(name, *deliveries):
    return {"name": name, "messages": [dict(message, findings=list(findings), shown=shown)
                                       for message, shown, findings in deliveries]}


def fine(message):
    return message, True, []


def shown(message, *findings):
    return message, True, findings


def hidden(message, *findings):
    return message, False, findings


def build(scenario):
    def speaker():
        return Speaker(scenario, "device")

    return [make(speaker) for make in (
        _honest, _replayed, _equivocated, _gap, _late, _altered, _forked, _after_close, _views, _future_view, _dropped, _put_in)]


def _honest(speaker):
    a = speaker()
    first = a.say()
    second = a.say(a.sees(first))
    burnt = a.say(failed=True)
    assert burnt["epoch"] == second["epoch"]
    third = a.say(a.sees(second))
    a.begin()
    fourth = a.say(a.sees(third))
    return story("an honest run with a burnt number and a new epoch", *map(fine, (first, second, third, fourth)))


def _replayed(speaker):
    a = speaker()
    first, second = a.say(), a.say()
    again = dict(first, messageId=fixed("another id", 16))
    return story("a message served again, then under another id", fine(first), hidden(first, "REPLAYED"),
                 hidden(again, "REPLAYED"), fine(second))


def _equivocated(speaker):
    a = speaker()
    first = a.say(failed=True)
    second = a.say(message_id=first["messageId"])
    return story("one id sealed twice", fine(first), hidden(second, "EQUIVOCATED"))


def _gap(speaker):
    a = speaker()
    first, _, _, fourth, fifth = (a.say() for _ in range(5))
    return story("two messages withheld", fine(first), shown(fourth, "GAP"), fine(fifth))


def _late(speaker):
    a = speaker()
    first, second, third, fourth = (a.say() for _ in range(4))
    return story("two messages of a lane swapped", fine(first), shown(third, "GAP"), shown(second, "GAP"), fine(fourth))


def _altered(speaker):
    a = speaker()
    first, second, third, fourth = (a.say() for _ in range(4))
    flipped = dict(second, envelope=second["envelope"][:-1] + bytes([second["envelope"][-1] ^ 1]))
    garbage = dict(third, envelope=GARBAGE)
    return story("one message altered, one replaced by garbage", fine(first), hidden(flipped, "ALTERED"),
                 hidden(garbage, "MALFORMED"), fine(fourth))


def _forked(speaker):
    a = speaker()
    first = a.say()
    copy = a.copy("copied device")
    second, third = a.say(), a.say()
    return story("a copied device", fine(first), fine(second), shown(copy.say(), "LANE_FORKED"), fine(third))


def _after_close(speaker):
    a = speaker()
    first = a.say()
    held = a.say(failed=True)
    a.begin()
    second, third = a.say(), a.say()
    return story("a message of an epoch that the lane had left", fine(first), fine(second),
                 shown(held, "AFTER_CLOSE"), fine(third))


def _views(speaker):
    a = speaker()
    first = a.say()
    foreign = dict(first, messageId=fixed("what bob does not get", 16), envelope=GARBAGE)
    second = a.say(a.sees(first))
    third = a.say(a.sees(foreign))
    fourth = a.say(a.sees(third))
    fifth = a.say(a.sees(foreign))
    return story("alice's device is served what bob's is not, twice", fine(first), fine(second),
                 shown(third, "VIEWS_DIFFER"), fine(fourth), shown(fifth, "VIEWS_DIFFER"))


def _future_view(speaker):
    a = speaker()
    first = a.say()
    second = a.say((2, sha256(b"whatever")))
    return story("a view of what was not there yet", fine(first), shown(second, "VIEWS_DIFFER"))


def _dropped(speaker):
    a = speaker()
    first, dropped = a.say(), a.say()
    second = a.say(a.sees(first, dropped))
    late = a.say(a.sees(second))
    third = a.say(a.sees(late))
    fourth = a.say(a.sees(third))
    return story("a message dropped, then one late: each difference found once", fine(first),
                 shown(second, "GAP", "VIEWS_DIFFER"), shown(third, "GAP", "VIEWS_DIFFER"), shown(late, "GAP"), fine(fourth))


def _put_in(speaker):
    a = speaker()
    first = a.say()
    garbage = dict(first, messageId=fixed("put in", 16), envelope=GARBAGE, sender="bob")
    second = a.say(a.sees(first))
    third = a.say(a.sees(second))
    fourth = a.say(a.sees(third))
    return story("garbage put in for bob alone", fine(first), hidden(garbage, "MALFORMED"), fine(second),
                 shown(third, "VIEWS_DIFFER"), fine(fourth))

"""Runs of messages about one lane: where its head and its missing numbers stand after each finding (section 9.2)."""

from . import formats as f
from .scenario import fixed
from .stories import Speaker, fine, hidden, shown, story


def build(scenario):
    return [make(Speaker(scenario, "device")) for make in (
        _first_withheld, _first_with_a_past, _more_missing_than_hidden, _late_from_a_copy, _another_epoch_of_its_ordinal,
        _late_of_a_closed_epoch, _far_ahead)]


def _first_withheld(a):
    first, second, third = a.say(), a.say(), a.say()
    return story("the first message of a lane comes late", shown(second, "GAP"), shown(first, "GAP"), fine(third))


def _first_with_a_past(a):
    a.head = f.Head(a.epoch.header.lane, a.ordinal, a.epoch.name, 0, 0, fixed("nobody", 16), fixed("no hash"))
    behind = a.say()
    a.begin()
    a.head = None
    continued = a.say()
    a.head = None
    a.begin()
    return story("a first message with a hash before it, then one whose header has a previous head",
                 shown(behind, "LANE_FORKED"), shown(continued, "LANE_FORKED"), fine(a.say()))


def _more_missing_than_hidden(a):
    first, second, third, fourth, fifth = (a.say() for _ in range(5))
    flipped = dict(second, envelope=second["envelope"][:-1] + bytes([second["envelope"][-1] ^ 1]))
    return story("two numbers missing and one message hidden: both are", fine(first), hidden(flipped, "ALTERED"),
                 shown(fourth, "GAP"), shown(third, "GAP"), shown(second, "GAP"), fine(fifth))


def _late_from_a_copy(a):
    first = a.say()
    copy = a.copy("copied device")
    second, third, fourth = a.say(), a.say(), a.say()
    return story("a missing number that a copied device fills", fine(first), shown(third, "GAP"), shown(copy.say(), "GAP"),
                 shown(second, "LANE_FORKED"), fine(fourth))


def _another_epoch_of_its_ordinal(a):
    first = a.say()
    copy = a.copy("copied device")
    a.begin()
    second = a.say()
    ahead = [copy.say() for _ in range(3)][-1]
    return story("a copied device some numbers ahead, in an epoch of the same ordinal", fine(first), fine(second),
                 shown(ahead, "LANE_FORKED"), fine(a.say()))


def _late_of_a_closed_epoch(a):
    first, held = a.say(), a.say()
    a.begin()
    return story("a missing message of an epoch that the lane had left", fine(first), shown(a.say(), "GAP"),
                 shown(held, "AFTER_CLOSE"), fine(a.say()))


def _far_ahead(a):
    first = a.say()
    a.head = a.head._replace(number=2 ** 63 - 3)
    return story("the highest numbers that there are", fine(first), shown(a.say(), "GAP"), fine(a.say()))

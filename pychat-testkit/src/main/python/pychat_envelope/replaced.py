"""Section 5.2 of ENVELOPE.md: headers that were made on a bundle of the recipient's which another one had replaced."""

from .scenario import NOW, Epoch, fixed

HOUR = 3600000


def runs(s):
    """What the server has confirmed of bob's bundles, and headers for him, each with its finding or none."""
    cases = [
        ("a day after it was replaced", [(1, 0), (2, 0)], 1, 24 * HOUR, False),
        ("48 hours after it was replaced", [(1, 0), (2, 0)], 1, 48 * HOUR, False),
        ("a moment later", [(1, 0), (2, 0)], 1, 48 * HOUR + 1, True),
        ("before it was replaced", [(1, 0), (2, 0)], 1, -HOUR, False),
        ("the newest one, after weeks", [(1, 0), (2, 0)], 2, 900 * HOUR, False),
        ("one that was not confirmed yet", [(1, 0), (2, 0)], 3, 900 * HOUR, False),
        ("replaced twice, the first time long ago", [(1, 0), (2, 10 * HOUR), (3, 600 * HOUR)], 1, 100 * HOUR, True),
        ("replaced once, not long ago", [(1, 0), (2, 10 * HOUR), (3, 600 * HOUR)], 2, 640 * HOUR, False),
        ("a clock that was put back in between", [(1, 100 * HOUR), (2, 100 * HOUR), (3, 10 * HOUR)], 1, 59 * HOUR, True),
        ("of a device that knows the newest one only", [(3, 0)], 1, 49 * HOUR, True),
        ("of a device that knows nothing yet", [], 1, 900 * HOUR, False)]
    return [_run(s, index, *case) for index, case in enumerate(cases)]


def _run(s, index, name, confirmed, serial, fetched, found):
    time = NOW + fetched
    epoch = Epoch(s.alice, s.bob, 1, None, lane=fixed("replaced %d" % index, 16), peer_serial=serial, fetched=time, made=time)
    return {"name": name, "confirmed": [{"serial": each, "time": NOW + at} for each, at in confirmed],
            "header": epoch.data, "secret": epoch.secret, "findings": ["OLD_BUNDLE_SERVED"] if found else []}

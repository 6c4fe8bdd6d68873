"""Makes, checks and exchanges vectors: `python3 -m pychat_envelope make KEYS FILE | check FILE | open FILE | seal KEYS FILE`."""

import sys

from . import checking, making


def main(arguments):
    commands = {"make": making.make, "check": checking.check, "open": checking.open_exchange, "seal": making.seal}
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Makes, checks and exchanges vectors.

python3 -m pychat_envelope make KEYS FILE    writes the vectors; KEYS is the folder with the test keys
python3 -m pychat_envelope make-hybrid KEYS FILE    the same for suite 2
python3 -m pychat_envelope make-passwords FILE    writes vectors of keys that come from a passphrase
python3 -m pychat_envelope make-evidence KEYS FILE    writes vectors of evidence files
python3 -m pychat_envelope check FILE        checks them, whichever suite
python3 -m pychat_envelope check-passwords FILE    checks keys that come from a passphrase; needs argon2
python3 -m pychat_envelope check-evidence FILE    checks evidence files, and what is to be said of them
python3 -m pychat_envelope audit FILE        audits an evidence file
python3 -m pychat_envelope make-backups FILE    writes vectors of backups
python3 -m pychat_envelope check-backups FILE    checks backups; needs argon2
python3 -m pychat_envelope example FILE      prints the worked example of ENVELOPE.md
python3 -m pychat_envelope seal KEYS FILE    seals fresh messages for the Java side to open
python3 -m pychat_envelope seal-hybrid KEYS FILE    the same in suite 2
python3 -m pychat_envelope wycheproof FOLDER    checks our ML-KEM-768 with outside vectors
python3 -m pychat_envelope open FILE         opens what the Java side has sealed
python3 -m pychat_envelope open-backup FILE  reads a backup that the Java side has written
"""

import sys

from . import checking, example, making, wycheproof

COMMANDS = {"make": making.make, "check": checking.check, "example": example.example, "seal": making.seal,
            "open": checking.open_exchange, "make-hybrid": making.make_hybrid, "seal-hybrid": making.seal_hybrid,
            "wycheproof": wycheproof.check, "make-passwords": making.make_passwords,
            "check-passwords": checking.check_passwords, "make-evidence": making.make_evidence,
            "check-evidence": checking.check_evidence, "audit": checking.audit, "make-backups": making.make_backups,
            "check-backups": checking.check_backups, "open-backup": checking.open_backup}


def main(arguments):
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    return COMMANDS[arguments[0]](*arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

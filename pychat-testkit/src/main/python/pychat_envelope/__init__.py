"""A second implementation of pychat's envelope, written from ENVELOPE.md and not from the Java code.

It makes and checks the test vectors. It is for tests only: it is slow, and it erases nothing.
"""

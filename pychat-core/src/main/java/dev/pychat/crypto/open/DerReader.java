package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;

/** Reads the little DER (X.690) that a SubjectPublicKeyInfo needs. Strict: what DER allows in one form only has one form. */
final class DerReader {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int SEQUENCE = 0x30;

    private final BinaryReader input;

    DerReader(Bytes encoded) {
        input = new BinaryReader("SubjectPublicKeyInfo", encoded);
    }

    Bytes value(int tag) throws MalformedException {
        if (input.u8("tag") != tag) {
            throw input.malformed("another tag than " + tag);
        }
        return input.raw("value", length());
    }

    Bytes positiveInteger() throws MalformedException {
        Bytes value = value(INTEGER);
        boolean negativeOrEmpty = value.isEmpty() || value.at(0) < 0;
        boolean padded = value.size() > 1 && value.at(0) == 0 && value.at(1) >= 0;
        if (negativeOrEmpty || padded) {
            throw input.malformed("an integer that is not a minimal positive one");
        }
        return value;
    }

    void end() throws MalformedException {
        input.end();
    }

    private int length() throws MalformedException {
        int first = input.u8("length");
        if (first < 0x80) {
            return first;
        }
        int length = first == 0x81 ? input.u8("length") : first == 0x82 ? input.u16("length") : 0;
        if (length < (first == 0x81 ? 0x80 : 0x100)) {
            throw input.malformed("a length that is not minimal, or above 65,535");
        }
        return length;
    }
}

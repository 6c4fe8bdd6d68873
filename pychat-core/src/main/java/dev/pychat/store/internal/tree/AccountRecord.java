package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.store.LoginRecord;

/** The value of an account: the attempt that made it, and how its log-in is checked. Immutable and thread-safe. */
record AccountRecord(Bytes attempt, LoginRecord login) {

    static AccountRecord read(Bytes value) {
        RecordReader record = new RecordReader(value);
        Bytes attempt = record.sized();
        Bytes salt = record.sized();
        int memory = (int) record.count();
        int iterations = (int) record.count();
        int parallelism = (int) record.count();
        return new AccountRecord(attempt, new LoginRecord(salt, memory, iterations, parallelism, record.text()));
    }

    Bytes write() {
        return new RecordWriter()
                .sized(attempt)
                .sized(login.salt())
                .count(login.memoryKiB())
                .count(login.iterations())
                .count(login.parallelism())
                .text(login.hash())
                .done();
    }
}

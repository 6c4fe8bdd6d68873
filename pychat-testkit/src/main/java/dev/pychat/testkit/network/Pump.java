package dev.pychat.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Passes the bytes of one direction on, and lets happen to them what its course says. Runs on a thread of its own. */
final class Pump {

    /** What it works for. */
    interface Owner {

        /** Waits; whether the connection is over then. */
        boolean isOverAfter(Duration time);

        /** A fault strikes; whether anything goes on that way. */
        boolean strikes(Fault.Once fault);

        /** Bytes could not be passed on; whether those that come are to be taken all the same. */
        boolean isUnheard();
    }

    private static final int AT_ONCE = 16 << 10;

    private final InputStream from;
    private final OutputStream to;
    private final Course course;
    private final Owner owner;
    private boolean unheard;

    Pump(InputStream from, OutputStream to, Course course, Owner owner) {
        this.from = from;
        this.to = to;
        this.course = course;
        this.owner = owner;
    }

    /**
     * Passes on until the sender ends or a fault stops it.
     *
     * @return whether the sender has ended and the receiver is to be told
     * @throws IOException if the sender has torn the connection down, or the receiver has and that may be noticed
     */
    boolean run() throws IOException {
        byte[] bytes = new byte[AT_ONCE];
        boolean goesOn = strike();
        while (goesOn) {
            int count = from.read(bytes);
            if (count < 0) {
                return true;
            }
            goesOn = pass(bytes, count);
        }
        return false;
    }

    private boolean pass(byte[] bytes, int count) throws IOException {
        for (int begin = 0; begin < count; ) {
            if (owner.isOverAfter(course.pause())) {
                return false;
            }
            int piece = course.piece(count - begin);
            write(bytes, begin, piece);
            course.gone(piece);
            begin += piece;
            if (!strike()) {
                return false;
            }
        }
        return true;
    }

    private void write(byte[] bytes, int begin, int count) throws IOException {
        try {
            if (!unheard) {
                to.write(bytes, begin, count);
            }
        } catch (IOException gone) {
            unheard = owner.isUnheard();
            if (!unheard) {
                throw gone;
            }
        }
    }

    private boolean strike() {
        for (Optional<Fault.Once> due = course.due(); due.isPresent(); due = course.due()) {
            if (!owner.strikes(due.get())) {
                return false;
            }
        }
        return true;
    }
}

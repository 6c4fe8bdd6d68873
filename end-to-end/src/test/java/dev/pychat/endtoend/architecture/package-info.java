/**
 * What the house looks like, checked on the compiled classes of every module: arrows between packages, blindness of the
 * server, signatures, names. A rule that could pass by looking at nothing is shown to fail on classes planted below
 * {@code planted}.
 */
@NullMarked
package dev.pychat.endtoend.architecture;

import org.jspecify.annotations.NullMarked;

/** Tests of how tasks are run one after the other. */
@NullMarked
package dev.pychat.transport.internal;

import org.jspecify.annotations.NullMarked;

package dev.codexlsp.exec.protocol;

import dev.codexlsp.exec.ProcessEvent.Stream;
import java.nio.ByteBuffer;

/// A process has written something. One number sequence, from 1, runs over its outputs, its exit
/// and its close; messages may arrive in another order.
public record ProcessOutput(String processId, long seq, Stream stream, ByteBuffer chunk) {}

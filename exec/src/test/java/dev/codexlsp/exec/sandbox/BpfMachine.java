package dev.codexlsp.exec.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a filter as the kernel does.
final class BpfMachine {
  static final int ALLOW = 0x7fff0000;
  static final int KILL = 0x80000000;
  static final int EPERM = 0x00050001;
  static final int ENOSYS = 0x00050026;
  static final int ENOTTY = 0x00050019;

  private final ByteBuffer program;

  BpfMachine(byte[] program) {
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The verdict on one call.
  int judge(int architecture, int number, long... arguments) {
    ByteBuffer call = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    call.putInt(number).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      call.putLong(argument);
    }
    int accumulator = 0;
    for (int at = 0; ; at++) {
      int code = program.getShort(8 * at);
      int jumpTrue = program.get(8 * at + 2) & 0xff;
      int jumpFalse = program.get(8 * at + 3) & 0xff;
      int operand = program.getInt(8 * at + 4);
      switch (code) {
        case 0x20 -> accumulator = call.getInt(operand);
        case 0x54 -> accumulator &= operand;
        case 0x15 -> at += accumulator == operand ? jumpTrue : jumpFalse;
        case 0x35 ->
            at += Integer.compareUnsigned(accumulator, operand) >= 0 ? jumpTrue : jumpFalse;
        case 0x45 -> at += (accumulator & operand) != 0 ? jumpTrue : jumpFalse;
        case 0x06 -> {
          return operand;
        }
        default -> throw new IllegalStateException("unknown instruction " + code);
      }
    }
  }
}

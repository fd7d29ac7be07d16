package dev.codexlsp.exec.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes a program of the classic packet filter, the kind that `seccomp` takes: conditions that
/// guard blocks, and verdicts. Jumps only lead forward, over the block that does not apply.
final class BpfAssembler {
  /// Where the call lies that is judged: `struct seccomp_data`.
  static final int NUMBER = 0;

  static final int ARCHITECTURE = 4;
  private static final int ARGUMENTS = 16;
  private static final int ARGUMENT_BYTES = 8;

  private static final int LOAD_WORD = 0x20;
  private static final int AND = 0x54;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int JUMP_ANY_SET = 0x45;
  private static final int RETURN = 0x06;

  private static final int ALLOW = 0x7fff0000;
  private static final int ERROR = 0x00050000;
  private static final int KILL_PROCESS = 0x80000000;

  private static final int INSTRUCTION_BYTES = 8;

  /// As far as a condition can jump.
  private static final int LONGEST_BLOCK = 255;

  private final List<Instruction> instructions = new ArrayList<>();

  private record Instruction(int code, int whenTrue, int whenFalse, int operand) {}

  /// Instructions that are only reached under a condition.
  interface Block {
    void write(BpfAssembler out);
  }

  /// The low half of an argument; both processors are little-endian, and so are the calls that are
  /// judged: they take no more than an `int` of it, or have their flags there.
  static int argument(int index) {
    return ARGUMENTS + ARGUMENT_BYTES * index;
  }

  void load(int offset) {
    add(LOAD_WORD, 0, 0, offset);
  }

  void and(int mask) {
    add(AND, 0, 0, mask);
  }

  void ifEqual(int value, Block block) {
    guard(JUMP_EQUAL, value, block, true);
  }

  void unlessEqual(int value, Block block) {
    guard(JUMP_EQUAL, value, block, false);
  }

  /// Unsigned.
  void ifAtLeast(int value, Block block) {
    guard(JUMP_AT_LEAST, value, block, true);
  }

  void ifAnySet(int bits, Block block) {
    guard(JUMP_ANY_SET, bits, block, true);
  }

  void allow() {
    add(RETURN, 0, 0, ALLOW);
  }

  void refuse(int error) {
    add(RETURN, 0, 0, ERROR | error);
  }

  void kill() {
    add(RETURN, 0, 0, KILL_PROCESS);
  }

  /// The block ends in a verdict, so what it has loaded is not seen behind it.
  private void guard(int code, int operand, Block block, boolean expected) {
    BpfAssembler inner = new BpfAssembler();
    block.write(inner);
    int length = inner.instructions.size();
    if (length > LONGEST_BLOCK || inner.instructions.getLast().code() != RETURN) {
      throw new IllegalStateException("not a block that can be jumped over: " + length);
    }
    add(code, expected ? 0 : length, expected ? length : 0, operand);
    instructions.addAll(inner.instructions);
  }

  private void add(int code, int whenTrue, int whenFalse, int operand) {
    instructions.add(new Instruction(code, whenTrue, whenFalse, operand));
  }

  /// As an array of `struct sock_filter`.
  byte[] bytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(INSTRUCTION_BYTES * instructions.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction instruction : instructions) {
      bytes.putShort((short) instruction.code());
      bytes.put((byte) instruction.whenTrue());
      bytes.put((byte) instruction.whenFalse());
      bytes.putInt(instruction.operand());
    }
    return bytes.array();
  }
}

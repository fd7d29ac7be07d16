package dev.codexlsp.core.session;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The disk below one file that this process has open, to be filled and freed by a test: the
/// descriptor is pointed at `/dev/full` and back, so it is the kernel that has no space left.
///
/// Whoever calls it makes sure that nobody closes the file meanwhile.
final class FullDisk {
  private static final Path FULL = Path.of("/dev/full");
  private static final int APPEND = 0x1 | 0x400 | 0x80000;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle DUP2 =
      function(
          "dup2",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final Path file;
  private final int descriptor;

  private FullDisk(Path file, int descriptor) {
    this.file = file;
    this.descriptor = descriptor;
  }

  /// Fills the disk.
  static FullDisk under(Path file) throws IOException {
    FullDisk disk = new FullDisk(file, descriptorOf(file.toRealPath()));
    disk.point(FULL);
    return disk;
  }

  /// Makes room again.
  void free() {
    point(file);
  }

  private static int descriptorOf(Path file) throws IOException {
    List<Path> descriptors;
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      descriptors = all.toList();
    }
    for (Path descriptor : descriptors) {
      if (Files.exists(descriptor) && Files.readSymbolicLink(descriptor).equals(file)) {
        return Integer.parseInt(descriptor.getFileName().toString());
      }
    }
    throw new AssertionError(file + " is not open");
  }

  private void point(Path target) {
    try (Arena arena = Arena.ofConfined()) {
      int opened = (int) OPEN.invokeExact(arena.allocateFrom(target.toString()), APPEND);
      int pointed = (int) DUP2.invokeExact(opened, descriptor);
      int closed = (int) CLOSE.invokeExact(opened);
      if (opened < 0 || pointed != descriptor || closed != 0) {
        throw new AssertionError("cannot point " + descriptor + " at " + target);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }
}

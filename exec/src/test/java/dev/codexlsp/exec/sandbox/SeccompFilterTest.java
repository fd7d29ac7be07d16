package dev.codexlsp.exec.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import dev.codexlsp.exec.sandbox.SeccompFilter.Machine;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFilterTest {
  private static int architecture(Machine machine) {
    return switch (machine) {
      case AMD64 -> 0xc000003e;
      case AARCH64 -> 0xc00000b7;
    };
  }

  private static int read(Machine machine) {
    return switch (machine) {
      case AMD64 -> 0;
      case AARCH64 -> 63;
    };
  }

  private static int judge(
      Machine machine, Network network, Rung rung, SystemCall call, long... arguments) {
    return new BpfMachine(SeccompFilter.program(machine, network, rung))
        .judge(architecture(machine), call.number(machine), arguments);
  }

  @ParameterizedTest
  @CsvSource({
    // socket: family, type, protocol; then without and with a network
    "SOCKET,     1, 1, 0, ALLOW, ALLOW", // unix stream
    "SOCKET,     1, 5, 0, ALLOW, ALLOW", // unix seqpacket
    "SOCKET,     1, 2, 0, EPERM, EPERM", // unix datagram
    "SOCKET,     1, 3, 0, EPERM, EPERM", // unix raw, another name of datagram
    "SOCKET,     1, 0x80801, 0, ALLOW, ALLOW", // close-on-exec and non-blocking
    "SOCKET,     1, 0x80802, 0, EPERM, EPERM",
    "SOCKET,     0x100000001, 1, 0, ALLOW, ALLOW", // the kernel takes an int
    "SOCKET,     2, 1, 0, EPERM, ALLOW",
    "SOCKET,     2, 2, 0, EPERM, ALLOW",
    "SOCKET,     0x100000002, 1, 0, EPERM, ALLOW",
    "SOCKET,     10, 1, 0, EPERM, ALLOW",
    "SOCKET,     16, 3, 0, EPERM, ALLOW", // routes
    "SOCKET,     16, 3, 15, EPERM, EPERM", // events of the kernel
    "SOCKET,     17, 3, 0, EPERM, EPERM", // packets
    "SOCKET,     31, 3, 1, EPERM, EPERM", // bluetooth
    "SOCKET,     38, 5, 0, EPERM, EPERM", // cryptography of the kernel
    "SOCKET,     40, 1, 0, EPERM, EPERM", // virtual machines
    "SOCKETPAIR, 1, 1, 0, ALLOW, ALLOW",
    "SOCKETPAIR, 1, 5, 0, ALLOW, ALLOW",
    "SOCKETPAIR, 1, 2, 0, EPERM, EPERM",
    "SOCKETPAIR, 2, 1, 0, EPERM, EPERM",
    "CONNECT,    3, 0, 0, EPERM, ALLOW",
    "IOCTL,      0, 0x5412, 0, EPERM, EPERM", // types into the terminal
    "IOCTL,      0, 0x100005412, 0, EPERM, EPERM",
    "IOCTL,      0, 0x541c, 0, EPERM, EPERM",
    "IOCTL,      0, 0x5413, 0, ALLOW, ALLOW", // the size of the terminal
    "CLONE,      0x11, 0, 0, ALLOW, ALLOW", // fork
    "CLONE,      0x3d0f00, 0, 0, ALLOW, ALLOW", // a thread
    "CLONE,      0x10000011, 0, 0, EPERM, EPERM", // a name space for users
    "CLONE,      0x20011, 0, 0, EPERM, EPERM", // one for mounts
    "UNSHARE,    0x10000000, 0, 0, EPERM, EPERM",
    "UNSHARE,    0x80, 0, 0, EPERM, EPERM", // one for time
    "UNSHARE,    0x400, 0, 0, ALLOW, ALLOW", // descriptors of its own
    "CLONE3,     0, 0, 0, ENOSYS, ENOSYS",
    "IO_URING_SETUP, 8, 0, 0, ENOSYS, ENOSYS",
    "KEYCTL,     0, 0, 0, EPERM, EPERM",
    "PTRACE,     0, 0, 0, EPERM, EPERM",
    "CHMOD,      0, 0, 0, ALLOW, ALLOW",
    "PRLIMIT64,  77, 0, 0, ALLOW, ALLOW",
  })
  void judges(SystemCall call, String a, String b, String c, String without, String with) {
    long[] arguments = {Long.decode(a), Long.decode(b), Long.decode(c)};
    for (Machine machine : Machine.values()) {
      if (call.number(machine) != SystemCall.NONE) {
        assertThat(name(judge(machine, Network.RESTRICTED, Rung.BUBBLEWRAP, call, arguments)))
            .isEqualTo(without);
        assertThat(name(judge(machine, Network.ENABLED, Rung.BUBBLEWRAP, call, arguments)))
            .isEqualTo(with);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CHMOD,     0, 0, 0, EPERM, EPERM",
    "UTIMENSAT, 0, 0, 0, EPERM, EPERM",
    "SETXATTR,  0, 0, 0, EPERM, EPERM",
    "SHMGET,    0, 0, 0, EPERM, EPERM",
    "PRLIMIT64, 0, 0, 0, ALLOW, ALLOW",
    "PRLIMIT64, 77, 0, 0, EPERM, EPERM",
    "IOCTL,     0, 0x5413, 0, ALLOW, ALLOW", // the size of the terminal
    "IOCTL,     0, 0x5412, 0, EPERM, EPERM", // types into it
    "IOCTL,     0, 0x8901, 0, ALLOW, ALLOW", // of a socket
    "IOCTL,     0, 0x40086602, 0, ENOTTY, ENOTTY", // flags of a file that is open for reading
    "IOCTL,     0, 0x5000940e, 0, ENOTTY, ENOTTY", // a part of a file system that is a folder
    "SOCKET,    1, 1, 0, ALLOW, EPERM", // nothing hides the sockets of others
    "SOCKETPAIR, 1, 1, 0, ALLOW, ALLOW",
    "SOCKET,    2, 1, 0, EPERM, ALLOW",
    "CONNECT,   3, 0, 0, EPERM, ALLOW",
  })
  void isStricterWithoutMounts(
      SystemCall call, String a, String b, String c, String without, String with) {
    long[] arguments = {Long.decode(a), Long.decode(b), Long.decode(c)};
    for (Machine machine : Machine.values()) {
      if (call.number(machine) != SystemCall.NONE) {
        assertThat(name(judge(machine, Network.RESTRICTED, Rung.LANDLOCK, call, arguments)))
            .isEqualTo(without);
        assertThat(name(judge(machine, Network.ENABLED, Rung.LANDLOCK, call, arguments)))
            .isEqualTo(with);
      }
    }
  }

  private static String name(int verdict) {
    return switch (verdict) {
      case BpfMachine.ALLOW -> "ALLOW";
      case BpfMachine.KILL -> "KILL";
      case BpfMachine.EPERM -> "EPERM";
      case BpfMachine.ENOSYS -> "ENOSYS";
      case BpfMachine.ENOTTY -> "ENOTTY";
      default -> Integer.toHexString(verdict);
    };
  }

  @ParameterizedTest
  @EnumSource(Machine.class)
  void killsWhatCallsInTheMannerOfAnotherProcessor(Machine machine) {
    for (Rung rung : Rung.values()) {
      BpfMachine filter = new BpfMachine(SeccompFilter.program(machine, Network.ENABLED, rung));
      for (int foreign : List.of(0x40000003, 0xc00000b7, 0xc000003e, 0x40000028)) {
        if (foreign != architecture(machine)) {
          assertThat(name(filter.judge(foreign, 0))).isEqualTo("KILL");
        }
      }
      assertThat(name(filter.judge(architecture(machine), read(machine), 0, 0, 0)))
          .isEqualTo("ALLOW");
    }
  }

  @Test
  void knowsNoThirdKindOfCalls() {
    BpfMachine filter =
        new BpfMachine(SeccompFilter.program(Machine.AMD64, Network.ENABLED, Rung.BUBBLEWRAP));
    assertThat(name(filter.judge(0xc000003e, 0x40000000))).isEqualTo("ENOSYS");
    assertThat(name(filter.judge(0xc000003e, 0x40000000 + 521, 77))).isEqualTo("ENOSYS");
    assertThat(name(filter.judge(0xc000003e, -1))).isEqualTo("ENOSYS");
  }

  @Test
  void refusesAllThatIsListed() {
    for (Machine machine : Machine.values()) {
      refuses(machine, Rung.BUBBLEWRAP, SystemCall.ALWAYS_REFUSED, "EPERM");
      refuses(machine, Rung.BUBBLEWRAP, SystemCall.ALWAYS_MISSING, "ENOSYS");
      refuses(machine, Rung.LANDLOCK, SystemCall.ALWAYS_REFUSED, "EPERM");
      refuses(machine, Rung.LANDLOCK, SystemCall.REFUSED_WITHOUT_MOUNTS, "EPERM");
    }
  }

  private static void refuses(Machine machine, Rung rung, Set<SystemCall> calls, String verdict) {
    for (SystemCall call : calls) {
      if (call.number(machine) != SystemCall.NONE) {
        assertThat(name(judge(machine, Network.ENABLED, rung, call, 0, 0, 0)))
            .as(call.toString())
            .isEqualTo(verdict);
      }
    }
  }

  @Test
  void fitsIntoWhatTheKernelTakes() {
    for (Machine machine : Machine.values()) {
      assertThat(SeccompFilter.program(machine, Network.ENABLED, Rung.LANDLOCK).length / 8)
          .isLessThan(4096);
    }
  }

  @Test
  void knowsTwoProcessors() {
    assertThat(Machine.of("amd64")).isEqualTo(Machine.AMD64);
    assertThat(Machine.of("aarch64")).isEqualTo(Machine.AARCH64);
    assertThat(Machine.of("riscv64")).isNull();
  }
}

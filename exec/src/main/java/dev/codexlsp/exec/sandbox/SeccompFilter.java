package dev.codexlsp.exec.sandbox;

import dev.codexlsp.exec.sandbox.PermissionProfile.Network;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The program by which the kernel judges every system call of a confined command.
///
/// It is an allow-all with refusals, as programs call much that is harmless; what it refuses is
/// told at each place. A refusal is EPERM and no death, but for calls in the manner of another
/// processor, whose numbers mean something else.
public final class SeccompFilter {
  private static final int EPERM = 1;
  private static final int ENOTTY = 25;
  private static final int ENOSYS = 38;

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int AF_NETLINK = 16;
  private static final int NETLINK_ROUTE = 0;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_SEQPACKET = 5;
  private static final int SOCK_TYPE_MASK = 0xf;

  private static final int TIOCSTI = 0x5412;
  private static final int TIOCLINUX = 0x541c;

  /// Of the number of a request to a device, what tells the kind of device.
  private static final int KIND_OF_DEVICE = 0xff00;

  private static final int TERMINALS = 0x5400;
  private static final int SOCKETS = 0x8900;

  /// CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET.
  private static final int NEW_NAMESPACES = 0x7e020000;

  private static final int CLONE_NEWTIME = 0x80;

  /// Calls of the third kind that an x86-64 kernel may know: numbers from here on.
  private static final int X32 = 0x40000000;

  /// A kind of processor, by the number that the kernel has for the calls of its programs.
  public enum Machine {
    AMD64(0xc000003e),
    AARCH64(0xc00000b7);

    private final int audit;

    Machine(int audit) {
      this.audit = audit;
    }

    /// Null for one that no filter is known for.
    ///
    /// @param name as Java calls it
    public static @Nullable Machine of(String name) {
      return switch (name) {
        case "amd64" -> AMD64;
        case "aarch64" -> AARCH64;
        default -> null;
      };
    }
  }

  private final Machine machine;
  private final Network network;
  private final Rung rung;
  private final BpfAssembler out = new BpfAssembler();

  private SeccompFilter(Machine machine, Network network, Rung rung) {
    this.machine = machine;
    this.network = network;
    this.rung = rung;
  }

  /// The program as the kernel takes it, eight bytes an instruction.
  public static byte[] program(Machine machine, Network network, Rung rung) {
    return new SeccompFilter(machine, network, rung).assemble();
  }

  private byte[] assemble() {
    out.load(BpfAssembler.ARCHITECTURE);
    out.unlessEqual(machine.audit, BpfAssembler::kill);
    out.load(BpfAssembler.NUMBER);
    switch (machine) {
      case AMD64 -> out.ifAtLeast(X32, then -> then.refuse(ENOSYS));
      case AARCH64 -> {}
    }
    refuse(SystemCall.ALWAYS_REFUSED, EPERM);
    refuse(SystemCall.ALWAYS_MISSING, ENOSYS);
    on(SystemCall.CLONE, then -> refuseBits(then, NEW_NAMESPACES));
    on(SystemCall.UNSHARE, then -> refuseBits(then, NEW_NAMESPACES | CLONE_NEWTIME));
    switch (rung) {
      case BUBBLEWRAP -> on(SystemCall.IOCTL, SeccompFilter::refuseInput);
      case LANDLOCK -> on(SystemCall.IOCTL, SeccompFilter::onlyTerminalsAndSockets);
    }
    sockets();
    switch (rung) {
      case BUBBLEWRAP -> {}
      case LANDLOCK -> withoutMounts();
    }
    out.allow();
    return out.bytes();
  }

  private void refuse(Set<SystemCall> calls, int error) {
    for (SystemCall call : sorted(calls)) {
      on(call, then -> then.refuse(error));
    }
  }

  private static List<SystemCall> sorted(Set<SystemCall> calls) {
    return calls.stream().sorted(Comparator.naturalOrder()).toList();
  }

  /// What is done with one call; it must end in a verdict.
  private void on(SystemCall call, BpfAssembler.Block block) {
    int number = call.number(machine);
    if (number != SystemCall.NONE) {
      out.ifEqual(number, block);
    }
  }

  private static void refuseBits(BpfAssembler then, int bits) {
    then.load(BpfAssembler.argument(0));
    then.ifAnySet(bits, refusal -> refusal.refuse(EPERM));
    then.allow();
  }

  /// What types into the terminal for the shell outside.
  private static void refuseInput(BpfAssembler then) {
    then.load(BpfAssembler.argument(1));
    then.ifEqual(TIOCSTI, refusal -> refusal.refuse(EPERM));
    then.ifEqual(TIOCLINUX, refusal -> refusal.refuse(EPERM));
    then.allow();
  }

  /// File systems change attributes, and some make whole folders, for who has opened a file only to
  /// read it; without mounts nothing else keeps them from it.
  private static void onlyTerminalsAndSockets(BpfAssembler then) {
    then.load(BpfAssembler.argument(1));
    then.and(KIND_OF_DEVICE);
    then.ifEqual(TERMINALS, SeccompFilter::refuseInput);
    then.ifEqual(SOCKETS, BpfAssembler::allow);
    then.refuse(ENOTTY);
  }

  /// Unix sockets of the kinds that only speak to whom they are connected to; a datagram could be
  /// sent to anybody by name. Without a network nothing is connected.
  private void sockets() {
    on(SystemCall.SOCKETPAIR, SeccompFilter::onlyConnected);
    switch (network) {
      case RESTRICTED -> {
        on(SystemCall.CONNECT, then -> then.refuse(EPERM));
        on(SystemCall.SOCKET, SeccompFilter::onlyConnected);
      }
      case ENABLED -> on(SystemCall.SOCKET, this::withNetwork);
    }
  }

  private static void onlyConnected(BpfAssembler then) {
    then.load(BpfAssembler.argument(0));
    then.ifEqual(AF_UNIX, SeccompFilter::onlyConnectedUnix);
    then.refuse(EPERM);
  }

  private static void onlyConnectedUnix(BpfAssembler then) {
    then.load(BpfAssembler.argument(1));
    then.and(SOCK_TYPE_MASK);
    then.ifEqual(SOCK_STREAM, BpfAssembler::allow);
    then.ifEqual(SOCK_SEQPACKET, BpfAssembler::allow);
    then.refuse(EPERM);
  }

  /// Where mounts do not hide the sockets of others, there are no unix sockets but pairs. The
  /// routes of the network are asked for by every look-up of a name.
  private void withNetwork(BpfAssembler then) {
    then.load(BpfAssembler.argument(0));
    then.ifEqual(AF_INET, BpfAssembler::allow);
    then.ifEqual(AF_INET6, BpfAssembler::allow);
    switch (rung) {
      case BUBBLEWRAP -> then.ifEqual(AF_UNIX, SeccompFilter::onlyConnectedUnix);
      case LANDLOCK -> {}
    }
    then.ifEqual(
        AF_NETLINK,
        netlink -> {
          netlink.load(BpfAssembler.argument(2));
          netlink.ifEqual(NETLINK_ROUTE, BpfAssembler::allow);
          netlink.refuse(EPERM);
        });
    then.refuse(EPERM);
  }

  private void withoutMounts() {
    refuse(SystemCall.REFUSED_WITHOUT_MOUNTS, EPERM);
    for (SystemCall call : sorted(SystemCall.ONLY_ON_ITSELF)) {
      on(
          call,
          then -> {
            then.load(BpfAssembler.argument(0));
            then.ifEqual(0, BpfAssembler::allow);
            then.refuse(EPERM);
          });
    }
  }
}

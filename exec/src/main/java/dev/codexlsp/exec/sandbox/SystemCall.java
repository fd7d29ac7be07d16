package dev.codexlsp.exec.sandbox;

import java.util.EnumSet;
import java.util.Set;

/// The calls of the Linux kernel that a [SeccompFilter] looks at, by the numbers that they have on
/// the two processors; [#NONE] where one does not exist.
enum SystemCall {
  IOCTL(16, 29),
  SOCKET(41, 198),
  CONNECT(42, 203),
  SOCKETPAIR(53, 199),
  CLONE(56, 220),
  PTRACE(101, 117),
  SYSLOG(103, 116),
  PIVOT_ROOT(155, 41),
  CHROOT(161, 51),
  ACCT(163, 89),
  SETTIMEOFDAY(164, 170),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  SWAPON(167, 224),
  SWAPOFF(168, 225),
  REBOOT(169, 142),
  IOPL(172, SystemCall.NONE),
  IOPERM(173, SystemCall.NONE),
  INIT_MODULE(175, 105),
  DELETE_MODULE(176, 106),
  QUOTACTL(179, 60),
  LOOKUP_DCOOKIE(212, 18),
  CLOCK_SETTIME(227, 112),
  KEXEC_LOAD(246, 104),
  ADD_KEY(248, 217),
  REQUEST_KEY(249, 218),
  KEYCTL(250, 219),
  UNSHARE(272, 97),
  PERF_EVENT_OPEN(298, 241),
  OPEN_BY_HANDLE_AT(304, 265),
  SETNS(308, 268),
  PROCESS_VM_READV(310, 270),
  PROCESS_VM_WRITEV(311, 271),
  KCMP(312, 272),
  FINIT_MODULE(313, 273),
  KEXEC_FILE_LOAD(320, 294),
  BPF(321, 280),
  USERFAULTFD(323, 282),
  IO_URING_SETUP(425, 425),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSPICK(433, 433),
  CLONE3(435, 435),
  PIDFD_GETFD(438, 438),
  PROCESS_MADVISE(440, 440),
  MOUNT_SETATTR(442, 442),
  QUOTACTL_FD(443, 443),
  CHMOD(90, SystemCall.NONE),
  FCHMOD(91, 52),
  CHOWN(92, SystemCall.NONE),
  FCHOWN(93, 55),
  LCHOWN(94, SystemCall.NONE),
  UTIME(132, SystemCall.NONE),
  SETXATTR(188, 5),
  LSETXATTR(189, 6),
  FSETXATTR(190, 7),
  REMOVEXATTR(197, 14),
  LREMOVEXATTR(198, 15),
  FREMOVEXATTR(199, 16),
  UTIMES(235, SystemCall.NONE),
  FUTIMESAT(261, SystemCall.NONE),
  FCHOWNAT(260, 54),
  FCHMODAT(268, 53),
  UTIMENSAT(280, 88),
  SHMGET(29, 194),
  SHMAT(30, 196),
  SHMCTL(31, 195),
  SEMGET(64, 190),
  SEMOP(65, 193),
  SEMCTL(66, 191),
  SEMTIMEDOP(220, 192),
  MSGGET(68, 186),
  MSGSND(69, 189),
  MSGRCV(70, 188),
  MSGCTL(71, 187),
  MQ_OPEN(240, 180),
  MQ_UNLINK(241, 181),
  PRLIMIT64(302, 261),
  SCHED_SETAFFINITY(203, 122),
  SCHED_SETSCHEDULER(144, 119),
  SCHED_SETPARAM(142, 118),
  SCHED_SETATTR(314, 274),
  SETPRIORITY(141, 140),
  IOPRIO_SET(251, 30),
  MIGRATE_PAGES(256, 238),
  MOVE_PAGES(279, 239),
  FCHMODAT2(452, 452),
  SETXATTRAT(463, 463),
  REMOVEXATTRAT(466, 466),
  OPEN_TREE_ATTR(467, 467),
  FILE_SETATTR(469, 469);

  static final int NONE = -1;

  /// Looking into other processes, keys that are shared with others, mounts and other rooms of
  /// names, the kernel itself, and what bypasses any of these. No program that works on files needs
  /// them.
  static final Set<SystemCall> ALWAYS_REFUSED =
      Set.copyOf(
          EnumSet.of(
              PTRACE,
              PROCESS_VM_READV,
              PROCESS_VM_WRITEV,
              PROCESS_MADVISE,
              PIDFD_GETFD,
              KCMP,
              ADD_KEY,
              REQUEST_KEY,
              KEYCTL,
              BPF,
              PERF_EVENT_OPEN,
              USERFAULTFD,
              SETNS,
              CHROOT,
              PIVOT_ROOT,
              MOUNT,
              UMOUNT2,
              OPEN_TREE,
              OPEN_TREE_ATTR,
              MOVE_MOUNT,
              FSOPEN,
              FSCONFIG,
              FSMOUNT,
              FSPICK,
              MOUNT_SETATTR,
              OPEN_BY_HANDLE_AT,
              QUOTACTL,
              QUOTACTL_FD,
              SWAPON,
              SWAPOFF,
              REBOOT,
              KEXEC_LOAD,
              KEXEC_FILE_LOAD,
              INIT_MODULE,
              FINIT_MODULE,
              DELETE_MODULE,
              ACCT,
              SETTIMEOFDAY,
              CLOCK_SETTIME,
              SYSLOG,
              IOPL,
              IOPERM,
              LOOKUP_DCOOKIE));

  /// Told as if the kernel did not have them, because programs then do without. The arguments of
  /// the last one lie in memory, where a filter cannot see them.
  static final Set<SystemCall> ALWAYS_MISSING =
      Set.copyOf(EnumSet.of(IO_URING_SETUP, IO_URING_ENTER, IO_URING_REGISTER, CLONE3));

  /// What Landlock does not see: the attributes of files that it keeps from being written, and what
  /// processes share without a file.
  static final Set<SystemCall> REFUSED_WITHOUT_MOUNTS =
      Set.copyOf(
          EnumSet.of(
              CHMOD,
              FCHMOD,
              FCHMODAT,
              FCHMODAT2,
              CHOWN,
              FCHOWN,
              LCHOWN,
              FCHOWNAT,
              UTIME,
              UTIMES,
              FUTIMESAT,
              UTIMENSAT,
              SETXATTR,
              LSETXATTR,
              FSETXATTR,
              SETXATTRAT,
              REMOVEXATTR,
              LREMOVEXATTR,
              FREMOVEXATTR,
              REMOVEXATTRAT,
              FILE_SETATTR,
              SHMGET,
              SHMAT,
              SHMCTL,
              SEMGET,
              SEMOP,
              SEMCTL,
              SEMTIMEDOP,
              MSGGET,
              MSGSND,
              MSGRCV,
              MSGCTL,
              MQ_OPEN,
              MQ_UNLINK,
              SETPRIORITY,
              IOPRIO_SET,
              MIGRATE_PAGES,
              MOVE_PAGES));

  /// Of these the first argument says which process is meant: only the caller itself may be, where
  /// others can be seen.
  static final Set<SystemCall> ONLY_ON_ITSELF =
      Set.copyOf(
          EnumSet.of(
              PRLIMIT64, SCHED_SETAFFINITY, SCHED_SETSCHEDULER, SCHED_SETPARAM, SCHED_SETATTR));

  private final int amd64;
  private final int aarch64;

  SystemCall(int amd64, int aarch64) {
    this.amd64 = amd64;
    this.aarch64 = aarch64;
  }

  int number(SeccompFilter.Machine machine) {
    return switch (machine) {
      case AMD64 -> amd64;
      case AARCH64 -> aarch64;
    };
  }
}

package dev.codexlsp.exec.local;

/// Ways out of a sandbox. Each is a script that says ESCAPED when it has come out; where that
/// cannot be seen from inside, [EscapeStage#damage] sees it. The names are those of the table in
/// `docs/security.md`.
///
/// In the scripts: `$WS` the workspace, where the script runs; `$OUT` a folder that is not part of
/// it; `$SERVER` the process that starts it, `$VICTIM` another one of the same user, whose working
/// directory is `$OUT`; `$RUN` a folder of sockets of others; `$AGENT` the home folder of the
/// agent, which lies in the workspace.
enum Attack {
  WRITE_BY_ABSOLUTE_PATH("echo x > $OUT/new && echo ESCAPED"),
  WRITE_BY_DOT_DOT("echo x > ../out/new && echo ESCAPED"),
  WRITE_THROUGH_SYMLINK("ln -s $OUT l; echo x > l/new && echo ESCAPED"),
  WRITE_THROUGH_OLD_SYMLINK("echo x > old-link/new && echo ESCAPED"),
  HARD_LINK("ln $OUT/kept h && echo x >> h && echo ESCAPED"),
  MOVE_IN_FROM_OUTSIDE("mv $OUT/kept taken && echo ESCAPED"),
  RENAME_THE_WORKSPACE("mv $WS $WS.gone && echo ESCAPED"),
  RENAMED_PARENT(
      "mv nested n2 && mkdir nested && echo x > n2/.git/hooks/post-checkout && echo ESCAPED"),
  RENAMED_GIT(
      "mv .git g2 && mkdir -p .git/hooks && echo x > .git/hooks/post-checkout && echo ESCAPED"),
  RACE_OF_LINKS(
      """
      mkdir real; ln -sfn real swap
      for i in $(seq 20); do ln -sfn $OUT swap; ln -sfn real swap; done &
      while kill -0 $!; do echo x > swap/new; done 2>/dev/null
      [ -e $OUT/new ] && echo ESCAPED\
      """),
  PROC_ROOT("for p in /proc/[0-9]*; do echo x > $p/root$OUT/new && echo ESCAPED; done"),
  PROC_CWD("echo x > /proc/$VICTIM/cwd/new && echo ESCAPED"),
  PROC_ENVIRON(
      "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -q ^STAGE_SECRET= && echo ESCAPED"),
  PROC_MEM("perl -e 'open(M, \"<\", \"/proc/$ENV{VICTIM}/mem\") and print \"ESCAPED\\n\"'"),
  PROC_OF_THREADS(
      "for t in /proc/$SERVER/task/* /proc/$VICTIM/task/*; do { cat $t/environ || : < $t/mem; } >"
          + " /dev/null && echo ESCAPED; done 2>/dev/null"),
  PROC_SYS(
      "v=$(cat /proc/sys/kernel/core_pattern); echo \"$v\" > /proc/sys/kernel/core_pattern && echo"
          + " ESCAPED"),
  SYSRQ(": >> /proc/sysrq-trigger && echo ESCAPED"),
  CONTROL_GROUPS(
      "find /sys/fs/cgroup -name cgroup.procs | while read f; do : >> $f && echo ESCAPED; done"),
  BIND_MOUNT("mkdir m; mount --bind $OUT m && echo ESCAPED"),
  BIND_MOUNT_IN_OWN_NAMESPACE(
      "mkdir m; unshare -rm sh -c 'mount --bind . m && echo x > m/.git/hooks/post-checkout' && echo"
          + " ESCAPED"),
  OVERLAY_MOUNT(
      """
      mkdir up work m
      unshare -rm sh -c "mount -t overlay o -o lowerdir=$AGENT,upperdir=up,workdir=work m \\
        && grep -q token m/auth.json" && echo ESCAPED\
      """),
  REMOUNT("mount -o remount,rw,bind $OUT && echo ESCAPED; mount -o remount,rw / && echo ESCAPED"),
  UNMOUNT("umount -l .git && echo x > .git/hooks/post-checkout && echo ESCAPED"),
  USER_NAMESPACE("unshare -r true && echo ESCAPED"),
  FILE_HANDLE(
      "perl -e '$b = pack(\"IiQQ\", 8, 1, 0, 0); $! = 0; syscall($ENV{OPEN_BY_HANDLE_AT}, 3, $b,"
          + " 0); print \"ESCAPED\\n\" if $! != 1'"),
  UNIX_STREAM(connect("1", "$ENV{RUN}/stream")),
  UNIX_SEQPACKET(connect("5", "$ENV{RUN}/seqpacket")),
  UNIX_DATAGRAM(
      "perl -MSocket -e 'socket(S, 1, 2, 0) && send(S, \"x\", 0,"
          + " pack_sockaddr_un(\"$ENV{RUN}/datagram\")) and print \"ESCAPED\\n\"'"),
  UNIX_DATAGRAM_PAIR(
      "perl -MSocket -e 'socketpair(S, T, 1, 2, 0) && send(S, \"x\", 0,"
          + " pack_sockaddr_un(\"$ENV{RUN}/datagram\")) and print \"ESCAPED\\n\"'"),
  UNIX_CONNECTED_PAIR(
      "perl -MSocket -e 'socketpair(S, T, 1, 1, 0) && (send(S, \"x\", 0,"
          + " pack_sockaddr_un(\"$ENV{RUN}/datagram\")), connect(S,"
          + " pack_sockaddr_un(\"$ENV{RUN}/stream\")))[1] and print \"ESCAPED\\n\"'"),
  SESSION_BUS(connect("1", "$ENV{RUN}/bus")),
  CONTAINER_ENGINE(connect("1", "$ENV{RUN}/docker.sock")),
  SSH_AGENT(connect("1", "$ENV{RUN}/agent")),
  ABSTRACT_SOCKET(connect("1", "\\0$ENV{ABSTRACT}")),
  IPV4("(echo x > /dev/tcp/127.0.0.1/$PORT4) && echo ESCAPED"),
  IPV6("(echo x > /dev/tcp/::1/$PORT6) && echo ESCAPED"),
  DNS("(echo x > /dev/udp/127.0.0.1/$PORT4) && echo ESCAPED"),
  VSOCK(socket("40, 1, 0")),
  PACKET_SOCKET(socket("17, 3, 0")),
  NETLINK_EVENTS(socket("16, 3, 15")),
  BLUETOOTH_AND_OTHER_FAMILIES(socket("31, 3, 1") + ";" + socket("38, 5, 0")),
  KEYRING(
      "perl -e '$! = 0; syscall($ENV{KEYCTL}, 0, -3, 1) >= 0 and print \"ESCAPED\\n\";"
          + " $d = \"user\"; $n = \"codex-lsp-escape\"; $v = \"x\";"
          + " syscall($ENV{ADD_KEY}, $d, $n, $v, 1, -3) >= 0 and print \"ESCAPED\\n\"'"),
  PTRACE(
      "perl -e 'syscall($ENV{PTRACE}, 0x4206, $ENV{VICTIM}+0, 0, 0) == 0 and print"
          + " \"ESCAPED\\n\"'"),
  PROCESS_VM(
      "perl -e '$b = \"x\" x 16; $v = pack(\"PQ\", $b, 16); $! = 0;"
          + " syscall($ENV{PROCESS_VM_READV}, $ENV{VICTIM}+0, $v, 1, $v, 1, 0);"
          + " print \"ESCAPED\\n\" if $! != 1 && $! != 3'"),
  PIDFD_GETFD(
      "perl -e '$p = syscall(434, $ENV{VICTIM}+0, 0); syscall(438, $p, 0, 0) >= 0"
          + " and print \"ESCAPED\\n\"'"),
  SIGNAL("kill -KILL $VICTIM && echo ESCAPED"),
  SIGNAL_TO_THREADS(
      "for t in /proc/$SERVER/task/* /proc/$VICTIM/task/*; do kill -0 ${t##*/} && echo ESCAPED;"
          + " done 2>/dev/null"),
  LIMITS_OF_OTHERS("prlimit --pid $VICTIM --core=0 && echo ESCAPED"),
  PRIORITY_OF_OTHERS("renice -n 5 -p $VICTIM && echo ESCAPED"),
  IO_URING("perl -e '$b = \"\\0\" x 200; syscall(425, 4, $b) >= 0 and print \"ESCAPED\\n\"'"),
  BPF(
      "perl -e '$b = \"\\0\" x 200; $! = 0; syscall($ENV{BPF}, 0, $b, 120); print \"ESCAPED\\n\" if"
          + " $! != 1'"),
  USERFAULTFD("perl -e 'syscall($ENV{USERFAULTFD}, 0) >= 0 and print \"ESCAPED\\n\"'"),
  FOREIGN_ABI(
      "[ $(uname -m) = x86_64 ] && perl -e 'syscall(0x40000027) > 0 and print \"ESCAPED\\n\"'"),
  SHARED_MEMORY("perl -e 'defined(shmget($ENV{SHM}, 0, 0)) and print \"ESCAPED\\n\"'"),
  CHMOD("chmod 777 $OUT/kept && echo ESCAPED"),
  CHOWN("chown $(id -u) $OUT/kept && echo ESCAPED"),
  TOUCH("touch -d 2001-01-01 $OUT/kept && echo ESCAPED"),
  XATTR(
      "perl -e '$f = \"$ENV{OUT}/kept\"; $n = \"user.x\"; $v = \"x\";"
          + " syscall($ENV{SETXATTR}, $f, $n, $v, 1, 0) == 0 and print \"ESCAPED\\n\"'"),
  TRUNCATE("truncate -s 0 $OUT/kept && echo ESCAPED"),
  DEVICE_NODE("mknod d c 1 5 && head -c 1 d && echo ESCAPED"),
  DISKS(
      "for d in /dev/vd? /dev/sd? /dev/nvme?n? /dev/mem /dev/kmsg; do head -c 1 $d && echo ESCAPED;"
          + " done"),
  GIT_HOOK("echo x > .git/hooks/post-checkout && echo ESCAPED"),
  GIT_CONFIG("echo '[core]' >> .git/config && echo ESCAPED"),
  GIT_FILE_OF_SUBMODULE("echo 'gitdir: /tmp' > sub/.git && echo ESCAPED"),
  GIT_FOLDER_OF_SUBMODULE("echo x > store/sub.git/hooks/post-checkout && echo ESCAPED"),
  GIT_HOOKS_PATH("echo x > my-hooks/post-checkout && echo ESCAPED"),
  GIT_INCLUDED_CONFIG("echo '[core]' >> shared.gitconfig && echo ESCAPED"),
  NESTED_REPOSITORY("echo x > nested/.git/hooks/post-checkout && echo ESCAPED"),
  BARE_REPOSITORY("echo x > bare.git/hooks/post-checkout && echo ESCAPED"),
  AGENT_CONFIG_OF_PROJECT("echo x >> .codex/config.toml && echo ESCAPED"),
  MAKE_MISSING_PROTECTED(
      "mkdir -p .agents/x && echo ESCAPED; rmdir .agents && mkdir -p .agents/x && echo ESCAPED"),
  AGENT_HOME("echo x >> $AGENT/config.toml && echo ESCAPED"),
  AGENT_CREDENTIALS("grep -q token $AGENT/auth.json && echo ESCAPED"),
  AGENT_CREDENTIALS_BY_LINK(
      "ln $AGENT/auth.json a; ln -s $AGENT/auth.json b; grep -q token a b && echo ESCAPED"),
  AGENT_CREDENTIALS_BY_RENAME("mv $AGENT x; grep -q token x/auth.json && echo ESCAPED"),
  AGENT_PROGRAM("truncate -s 0 program/app.jar && echo ESCAPED"),
  DENIED_BY_PATTERN("grep -q token deep/a.secret && echo ESCAPED"),
  DENIED_BY_PATTERN_RENAMED("mv deep d2; grep -q token d2/a.secret && echo ESCAPED"),
  INHERITED_DESCRIPTORS(
      "for f in /proc/$$/fd/*; do case $f in */[012]) ;; *) [ -e $f ] && echo ESCAPED ;; esac;"
          + " done"),
  ENVIRONMENT("env | grep -q ^STAGE_SECRET= && echo ESCAPED"),
  SETUID_PROGRAM("grep -q 'NoNewPrivs:.1' /proc/self/status || echo ESCAPED"),
  FILE_FLAGS(
      "perl -e 'open(F, \"<\", \"$ENV{OUT}/kept\"); $b = pack(\"l\", 0x40);"
          + " ioctl(F, 0x40086602, $b) and print \"ESCAPED\\n\"'"),
  CAPABILITIES("grep -q 'CapEff:.0000000000000000' /proc/self/status || echo ESCAPED"),
  DAEMON(
      "setsid bash -c 'exec -a codex-lsp-escape sleep 30' >/dev/null 2>&1 &"
          + " until grep -aq ^codex-lsp-escape /proc/$!/cmdline; do :; done"),
  SIGNAL_EVERYBODY("trap '' TERM; kill -TERM -1; true");

  private final String script;

  Attack(String script) {
    this.script = script;
  }

  String script() {
    return script;
  }

  private static String connect(String kind, String address) {
    return "perl -MSocket -e 'socket(S, 1, "
        + kind
        + ", 0) && connect(S, pack_sockaddr_un(\""
        + address
        + "\")) and print \"ESCAPED\\n\"'";
  }

  private static String socket(String arguments) {
    return "perl -e 'socket(S, " + arguments + ") and print \"ESCAPED\\n\"'";
  }
}

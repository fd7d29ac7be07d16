package dev.codexlsp.exec.server;

import dev.codexlsp.exec.server.ExecObserver.Completion;

/// What can end a process, for tests of the registry.
enum Ending {
  EXIT_WITH_SUCCESS(Completion.SUCCESS) {
    @Override
    void of(ProcessRegistry registry, ServedProcess served) {
      registry.exited(served, 0);
      registry.closed(served);
    }
  },
  EXIT_WITH_ERROR(Completion.ERROR) {
    @Override
    void of(ProcessRegistry registry, ServedProcess served) {
      registry.exited(served, 1);
      registry.closed(served);
    }
  },
  TERMINATION(Completion.TERMINATED) {
    @Override
    void of(ProcessRegistry registry, ServedProcess served) {
      registry.terminate(served.session(), served.id());
    }
  },
  EXPIRY(Completion.TERMINATED) {
    @Override
    void of(ProcessRegistry registry, ServedProcess served) {
      registry.expire(served.session());
    }
  },
  SHUTDOWN(Completion.TERMINATED) {
    @Override
    void of(ProcessRegistry registry, ServedProcess served) {
      registry.close();
    }
  };

  /// How the process has ended when this came first.
  final Completion completion;

  Ending(Completion completion) {
    this.completion = completion;
  }

  abstract void of(ProcessRegistry registry, ServedProcess served);
}

package dev.codexlsp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.thread.ThreadEvent;
import dev.codexlsp.core.thread.ThreadId;
import dev.codexlsp.core.thread.ThreadStatus;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MethodsTest {
  @Test
  void everyEventHasOneNotification() {
    assertThat(Methods.SERVER_NOTIFICATIONS)
        .filteredOn(row -> ThreadEvent.class.isAssignableFrom(row.params()))
        .extracting(Row::params)
        .map(Class::getName)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ThreadEvent.class.getPermittedSubclasses()).map(Class::getName).toList());
  }

  @Test
  void namesAreUnique() {
    assertThat(Methods.SERVER_NOTIFICATIONS).extracting(Row::name).doesNotHaveDuplicates();
    assertThat(Methods.CLIENT_REQUESTS).extracting(Row::name).doesNotHaveDuplicates();
  }

  @Test
  void namesThatAreToldAtTheStartAreTheTable() {
    assertThat(MethodNames.CLIENT_REQUESTS)
        .containsExactlyElementsOf(Methods.CLIENT_REQUESTS.stream().map(Row::name).toList());
  }

  @Test
  void namesAnEvent() {
    assertThat(
            Methods.name(
                new ThreadEvent.ThreadStatusChanged(new ThreadId("t"), new ThreadStatus.Idle())))
        .isEqualTo("thread/status/changed");
  }
}

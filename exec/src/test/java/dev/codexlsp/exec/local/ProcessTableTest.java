package dev.codexlsp.exec.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.exec.local.ProcessTable.Entry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who belongs to the command 10, which was started by 5 at time 100.
class ProcessTableTest {
  private static final Entry OLD = new Entry(1, 0, 1, 1, 0);
  private static final Entry SERVER = new Entry(5, 1, 5, 5, 50);
  private static final Entry LEADER = new Entry(10, 5, 10, 10, 100);

  @Test
  void kinIsFollowedThroughParentsAndSessions() {
    Entry child = new Entry(11, 10, 10, 10, 101);
    Entry ofTheSession = new Entry(12, 1, 12, 10, 102);
    Entry left = new Entry(13, 12, 13, 13, 103);
    Entry ofItsSession = new Entry(14, 1, 14, 13, 104);
    Entry itsChild = new Entry(9, 14, 9, 9, 105);

    assertThat(kin(List.of(LEADER), itsChild, ofItsSession, left, ofTheSession, child))
        .containsExactlyInAnyOrder(10, 11, 12, 13, 14, 9);
  }

  @Test
  void strangersAreNotKin() {
    Entry otherCommand = new Entry(20, 5, 20, 20, 110);
    Entry itsChild = new Entry(21, 20, 21, 21, 111);
    Entry daemon = new Entry(22, 1, 22, 22, 112);

    assertThat(kin(List.of(LEADER), otherCommand, itsChild, daemon)).containsExactly(10);
  }

  @Test
  void kinThatIsOlderThanTheCommandIsNone() {
    Entry holder = new Entry(20, 1, 20, 20, 110);
    Entry itsChild = new Entry(21, 20, 21, 21, 111);
    Entry older = new Entry(22, 20, 22, 22, 99);

    assertThat(kin(List.of(LEADER, holder), holder, itsChild, older))
        .containsExactlyInAnyOrder(10, 20, 21);
  }

  @Test
  void aSessionWhoseLeaderIsUnknownIsNotTakenOver() {
    // The holder was born into somebody else's session.
    Entry holder = new Entry(20, 1, 19, 19, 110);
    Entry neighbour = new Entry(21, 1, 19, 19, 111);

    assertThat(kin(List.of(LEADER, holder), holder, neighbour)).containsExactlyInAnyOrder(10, 20);
  }

  @Test
  void whatWasKnownStaysUnlessItsNumberIsSomebodyElsesNow() {
    Entry orphan = new Entry(20, 1, 20, 20, 110);
    Entry stranger = new Entry(21, 1, 21, 21, 120);
    Entry before = new Entry(21, 10, 21, 21, 111);
    Entry gone = new Entry(30, 10, 30, 30, 111);

    assertThat(kin(List.of(LEADER, orphan, before, gone), orphan, stranger))
        .containsExactlyInAnyOrder(10, 20);
  }

  @Test
  void nobodyBelongsToALeaderWhoIsGone() {
    ProcessTable table = table(Stream.of(OLD, SERVER, new Entry(11, 10, 10, 10, 101)));

    assertThat(table.withKin(List.of(LEADER), 100)).isEmpty();
  }

  @Test
  void membersAreToldAsTheyAreNow() {
    Entry before = new Entry(20, 10, 10, 10, 110);
    Entry now = new Entry(20, 1, 20, 10, 110);

    assertThat(table(Stream.of(LEADER, now)).withKin(List.of(before), 100))
        .isEqualTo(Map.of(20, now));
  }

  @Test
  void nobodyIsAddedByTheNumberOfAChildThatSomebodyElseHasReaped() {
    Family family = new Family(Objects.requireNonNull(Libc.load()), 10);
    Entry child = new Entry(11, 10, 10, 10, 101);
    assertThat(family.look(table(Stream.of(LEADER, child)))).isTrue();
    Entry stranger = new Entry(10, 6, 10, 10, 200);
    Entry ofTheStranger = new Entry(12, 10, 10, 10, 201);
    Entry grandchild = new Entry(13, 11, 13, 13, 202);

    family.lose();

    assertThat(family.look(table(Stream.of(stranger, ofTheStranger, child)))).isFalse();
    assertThat(family.look(table(Stream.of(stranger, ofTheStranger, child, grandchild)))).isTrue();
    assertThat(List.of(family.knows(ofTheStranger), family.knows(child), family.knows(grandchild)))
        .containsExactly(false, true, true);
  }

  @Test
  void oneThatHasChangedItsGroupIsNews() {
    Family family = new Family(Objects.requireNonNull(Libc.load()), 10);
    Entry child = new Entry(11, 10, 10, 10, 101);
    Entry orphan = new Entry(11, 1, 10, 10, 101);
    Entry hopped = new Entry(11, 1, 11, 10, 101);

    assertThat(family.look(table(Stream.of(LEADER, child)))).isTrue();
    assertThat(family.look(table(Stream.of(LEADER, orphan)))).isFalse();
    assertThat(family.look(table(Stream.of(LEADER, hopped)))).isTrue();
  }

  private static Set<Integer> kin(List<Entry> members, Entry... others) {
    return table(Stream.concat(Stream.of(OLD, SERVER, LEADER), Stream.of(others)))
        .withKin(members, LEADER.startTime())
        .keySet();
  }

  private static ProcessTable table(Stream<Entry> entries) {
    return new ProcessTable(entries.collect(Collectors.toMap(Entry::pid, Function.identity())));
  }
}

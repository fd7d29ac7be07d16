package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseItemTest {
  @Test
  void readsOnlyWhatHasTheExpectedType() {
    ResponseItem item =
        new ResponseItem(
            ModelRequests.json(
                "{'type':7,'name':'x','content':["
                    + "{'text':'a'},{'text':null},{'text':{}},{'text':1},{},'b',{'text':'c'}]}"));
    assertThat(item.type()).isEmpty();
    assertThat(item.text("name")).isEqualTo("x");
    assertThat(item.texts("content")).containsExactly("a", "c");
    assertThat(item.texts("name")).isEmpty();
    assertThat(item.texts("absent")).isEmpty();
  }
}

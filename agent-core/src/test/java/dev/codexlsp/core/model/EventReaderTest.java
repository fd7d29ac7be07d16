package dev.codexlsp.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codexlsp.core.thread.TokenUsage.Breakdown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class EventReaderTest {
  private static final EventReader READER =
      new EventReader(new StreamFailures(new Failures(List.of())));

  record Row(String data, @Nullable ModelEvent event) {}

  static final List<Row> ROWS =
      List.of(
          new Row(
              "{'type':'response.output_item.added','item':{'type':'message','id':'m','x':[1]}}",
              new ModelEvent.ItemAdded(
                  new ResponseItem(ModelRequests.json("{'type':'message','id':'m','x':[1]}")))),
          new Row(
              "{'type':'response.output_item.done','item':{'type':'brand_new'}}",
              new ModelEvent.ItemDone(
                  new ResponseItem(ModelRequests.json("{'type':'brand_new'}")))),
          new Row("{'type':'response.output_item.done','item':null}", null),
          new Row("{'type':'response.output_item.added'}", null),
          new Row(
              "{'type':'response.output_text.delta','item_id':'m','content_index':0,'delta':'hi'}",
              new ModelEvent.OutputTextDelta("m", "hi")),
          new Row(
              "{'type':'response.output_text.delta','item_id':5,'delta':null}",
              new ModelEvent.OutputTextDelta("", "")),
          new Row(
              "{'type':'response.reasoning_summary_part.added','item_id':'r','summary_index':2}",
              new ModelEvent.ReasoningSummaryPartAdded("r", 2)),
          new Row(
              "{'type':'response.reasoning_summary_text.delta','item_id':'r','summary_index':1,"
                  + "'delta':'a'}",
              new ModelEvent.ReasoningSummaryTextDelta("r", 1, "a")),
          new Row(
              "{'type':'response.reasoning_summary_text.delta','item_id':'r','summary_index':'1',"
                  + "'delta':'a'}",
              new ModelEvent.ReasoningSummaryTextDelta("r", 0, "a")),
          new Row(
              "{'type':'response.reasoning_text.delta','item_id':'r','content_index':-3,"
                  + "'delta':'a'}",
              new ModelEvent.ReasoningTextDelta("r", 0, "a")),
          new Row(
              "{'type':'response.completed','response':{'id':'resp','usage':{'input_tokens':100,"
                  + "'input_tokens_details':{'cached_tokens':11,'cache_write_tokens':12},"
                  + "'output_tokens':20,'output_tokens_details':{'reasoning_tokens':3},"
                  + "'total_tokens':120}}}",
              new ModelEvent.Completed("resp", new Breakdown(120, 100, 11, 12, 20, 3))),
          new Row(
              "{'type':'response.completed','response':{'id':'resp','usage':{'input_tokens':'x',"
                  + "'input_tokens_details':null,'output_tokens':20,'output_tokens_details':7}}}",
              new ModelEvent.Completed("resp", new Breakdown(20, 0, 0, 0, 20, 0))),
          new Row(
              "{'type':'response.completed','response':{'id':'resp','usage':null}}",
              new ModelEvent.Completed("resp", Breakdown.ZERO)),
          new Row("{'type':'response.completed'}", new ModelEvent.Completed("", Breakdown.ZERO)),
          new Row("{'type':'response.created','response':{}}", null),
          new Row("{'type':'response.never_heard_of'}", null),
          new Row("{'type':7}", null),
          new Row("{}", null),
          new Row("{'type': not json", null),
          new Row("[DONE]", null),
          new Row("", null));

  @ParameterizedTest
  @FieldSource("ROWS")
  void reads(Row row) throws Exception {
    assertThat(READER.read(row.data().replace('\'', '"'))).isEqualTo(row.event());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'type':'response.failed','response':{'error':{'code':'invalid_prompt','message':'no'}}} |"
            + " no",
        "{'type':'response.failed'} | `the response failed: `",
        "{'type':'response.incomplete','response':{'incomplete_details':{'reason':'r'}}}"
            + " | incomplete response, reason: r",
      })
  void failures(String data, String message) {
    assertThatThrownBy(() -> READER.read(data.replace('\'', '"')))
        .isInstanceOf(ModelException.class)
        .hasMessage(message);
  }
}

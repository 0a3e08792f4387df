import { useEffect, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { lower } from "./lib/text.ts";

/** Every kind of prop that may be sent. */
export interface ShowProps {
  when: Date;
  big: bigint;
  map: Map<string, number>;
  set: Set<string>;
  bytes: Uint8Array;
  none: undefined;
  nan: number;
  url: URL;
  day: Temporal.PlainDate;
}

/** Writes down what arrived, once in the browser. */
export default function Show(props: ShowProps) {
  const [text, setText] = useState("waiting");
  useEffect(() => {
    setText(
      lower(JSON.stringify([
        IS_BROWSER,
        props.when.toISOString(),
        String(props.big + 1n),
        [...props.map],
        [...props.set],
        [...props.bytes],
        "none" in props && props.none === undefined,
        Number.isNaN(props.nan),
        props.url.host,
        props.day.add({ days: 1 }).toString(),
      ])),
    );
  }, []);
  return <output class="show">{text}</output>;
}

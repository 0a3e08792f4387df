import { Head } from "fresh/runtime";
import { define } from "../define.ts";
import Pair from "../islands/Pair.tsx";
import Show from "../islands/Show.tsx";
import Local from "./shop/(_islands)/Local.tsx";

export default define.page(() => (
  <main>
    <Head>
      <title>Nested</title>
      <meta name="description" content="islands in islands" />
    </Head>
    <Show
      when={new Date(0)}
      big={41n}
      map={new Map([["A", 1]])}
      set={new Set(["</script>"])}
      bytes={new Uint8Array([1, 255])}
      none={undefined}
      nan={NaN}
      url={new URL("https://example.com/")}
      day={Temporal.PlainDate.from("2026-01-05")}
    />
    <Pair starts={[20, 30]} />
    <Local />
  </main>
));

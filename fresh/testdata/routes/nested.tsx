import { Head } from "fresh/runtime";
import { define } from "../define.ts";
import { Box } from "../islands/Box.tsx";
import Counter from "../islands/Counter.tsx";
import Pair from "../islands/Pair.tsx";
import Show from "../islands/Show.tsx";
import Local from "./shop/(_islands)/Local.tsx";

export default define.page(() => (
  <main>
    <Head>
      <title>Nested</title>
      <meta name="description" content="islands in islands" />
    </Head>
    <Box open>
      <p class="given">
        text &lt;b&gt; from the server
      </p>
      <Counter start={5} />
    </Box>
    <Box open={false}>
      <em>late</em>
      <input disabled />
      <Counter start={7} />
    </Box>
    <Show
      when={new Date(0)}
      big={41n}
      map={new Map([["A", 1]])}
      set={new Set(["</script>"])}
      bytes={new Uint8Array([1, 255])}
      none={undefined}
      nan={NaN}
      url={new URL("https://example.com/")}
    />
    <Pair starts={[20, 30]} />
    <Local />
  </main>
));

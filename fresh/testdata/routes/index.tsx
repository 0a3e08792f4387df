import { page } from "fresh";
import { signal } from "@preact/signals";
import { define } from "../define.ts";
import Counter from "../islands/Counter.tsx";

export const handler = define.handlers({
  GET() {
    return page({ start: 3 });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const shared = signal(10);
  return (
    <main>
      <h1>Home</h1>
      <Counter start={data.start} />
      <Counter start={0} shared={shared} />
      <Counter start={0} shared={shared} />
    </main>
  );
});

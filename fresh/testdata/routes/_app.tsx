import { asset } from "fresh/runtime";
import { define } from "../define.ts";
import Ready from "../islands/Ready.tsx";

export default define.layout(({ Component }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Fixture</title>
      <style>{"main { margin: 0 }"}</style>
      <link rel="stylesheet" href={asset("/style.css")} />
    </head>
    <body>
      <Component />
      <Ready />
    </body>
  </html>
));

import { createDefine } from "fresh";
import { asset } from "fresh/runtime";

const define = createDefine<unknown>();

/** The document around every page. */
export default define.layout(({ Component }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="dark" />
      <meta name="theme-color" content="#0b0d10" />
      <title>Lotus Terminal</title>
      <link rel="icon" type="image/svg+xml" href={asset("/icons/lotus.svg")} />
      <link
        rel="preload"
        as="font"
        type="font/woff2"
        href="/fonts/inter-latin-wght-normal.woff2"
        crossorigin="anonymous"
      />
      <link rel="stylesheet" href={asset("/css/tokens.css")} />
      <link rel="stylesheet" href={asset("/css/terminal.css")} />
      <link rel="stylesheet" href={asset("/css/workspace.css")} />
      <link rel="stylesheet" href={asset("/css/chart.css")} />
      <link rel="stylesheet" href={asset("/css/evidence.css")} />
      <link rel="stylesheet" href={asset("/css/transport.css")} />
      <link rel="stylesheet" href={asset("/css/surfaces.css")} />
      <link rel="stylesheet" href={asset("/css/forced_colors.css")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));

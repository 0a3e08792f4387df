import { createDefine } from "fresh";
import { asset, Head } from "fresh/runtime";
import { SiteNav } from "../islands/lib/pane/mod.ts";
import { requestOrigin } from "../jobs/kit/http/mod.ts";
import type { DocField, DocOperation } from "../jobs/serve/api/mod.ts";
import { apiDocumentation } from "../jobs/serve/endpoints/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

function Fields({ fields, caption }: { fields: readonly DocField[]; caption: string }) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, required, note }) => (
          <tr key={name}>
            <th scope="row" class="mono">
              {name}
              {required && <abbr title="must be given">*</abbr>}
            </th>
            <td class="mono">{type}</td>
            <td>
              <Prose text={note} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Text in which backticks set off code. */
function Prose({ text }: { text: string }) {
  return <>{text.split("`").map((part, i) => i % 2 === 0 ? part : <code key={i}>{part}</code>)}</>;
}

function Operation({ operation }: { operation: DocOperation }) {
  const { anchor, method, path, summary, description, parameters, body, answer } = operation;
  return (
    <section id={anchor}>
      <h3>
        <span class={`method ${method.toLowerCase()}`}>{method}</span>
        <span class="mono">{path}</span>
      </h3>
      <p>
        {summary}. <Prose text={description} />
      </p>
      {parameters.length > 0 && <Fields fields={parameters} caption="Parameters" />}
      {body !== "" && (
        <p>
          Body: <code>{body}</code>
        </p>
      )}
      {answer !== "" && (
        <p>
          Answer: <code>{answer}</code>
        </p>
      )}
      {operation.curl !== "" && <pre tabIndex={0}>{operation.curl}</pre>}
      {operation.example !== "" && (
        <details>
          <summary>Example answer</summary>
          <pre tabIndex={0}>{operation.example}</pre>
        </details>
      )}
      {operation.errors.length > 0 && (
        <ul class="errors">
          {operation.errors.map(({ status, text }) => (
            <li key={status}>
              <span class="mono">{status}</span> <Prose text={text} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Documentation of the API: every operation and every record, from the schemas in force. */
export default define.page(({ req, info, state }) => {
  const { host, port, trustedProxies } = state.market.config;
  const origin = requestOrigin(req, info, trustedProxies) ?? `http://${host}:${port}`;
  const { operations, schemas } = apiDocumentation(origin);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <>
      <Head>
        <title>API · Lotus Terminal</title>
        <link key="docs" rel="stylesheet" href={asset("/css/docs.css")} />
      </Head>
      <SiteNav current="/docs" />
      <div class="docs">
        <nav aria-label="Operations">
          <p>
            <a href="/openapi.json">openapi.json</a>
          </p>
          {tags.map((tag) => (
            <details key={tag} open>
              <summary>{tag}</summary>
              <ul>
                {operations.filter((operation) => operation.tag === tag).map((
                  { anchor, method, path },
                ) => (
                  <li key={anchor}>
                    <a class="mono" href={`#${anchor}`}>{method} {path}</a>
                  </li>
                ))}
              </ul>
            </details>
          ))}
          <details>
            <summary>records</summary>
            <ul>
              {schemas.map(({ name }) => (
                <li key={name}>
                  <a class="mono" href={`#schema-${name}`}>{name}</a>
                </li>
              ))}
            </ul>
          </details>
        </nav>
        <main>
          <h1>The API of the terminal</h1>
          <p>
            Times are epoch ms, prices USD, option sizes contracts. Unknown parameters are ignored;
            a list takes commas. Rows of a stream are ordered by (ts, seq), of derived streams by
            (source_ts, seq): the last row of a page is where the next page begins. Every error is
            an <a href="#schema-Error">Error</a> with a request_id that the log knows as well.
          </p>
          {tags.map((tag) => (
            <div key={tag}>
              <h2>{tag}</h2>
              {operations.filter((operation) => operation.tag === tag).map((operation) => (
                <Operation key={operation.anchor} operation={operation} />
              ))}
            </div>
          ))}
          <h2>Records</h2>
          {schemas.map(({ name, fields }) => (
            <section key={name} id={`schema-${name}`}>
              <h3 class="mono">{name}</h3>
              <Fields fields={fields} caption="Fields; * is always there" />
            </section>
          ))}
        </main>
      </div>
    </>
  );
});

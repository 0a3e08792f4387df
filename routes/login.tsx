import type { ComponentChildren } from "preact";
import { createDefine, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { SiteNav } from "../islands/lib/pane/mod.ts";
import { servePage } from "../jobs/kit/http/mod.ts";
import { LOGIN } from "../jobs/serve/endpoints/mod.ts";
import { type LoginAnswer, type LoginView, showLogin } from "../jobs/serve/operator/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Where operators sign in. Works without JavaScript. */
export const handler = define.handlers({
  GET(ctx) {
    const { view, ...init } = showLogin(ctx.state.operators, ctx.req, ctx.info);
    return page(view, init);
  },

  POST(ctx) {
    return servePage(LOGIN, (answer) => {
      const { view, ...init } = answer as LoginAnswer;
      return ctx.render(<Login view={view} />, init);
    })(ctx);
  },
});

export default define.page<typeof handler>(({ data }) => <Login view={data} />);

function Login({ view }: { view: LoginView }) {
  return (
    <>
      <SiteNav current={null} />
      <main class="login">
        <Head>
          <title>Operator sign-in · Lotus Terminal</title>
          <link key="login" rel="stylesheet" href={asset("/css/login.css")} />
        </Head>
        <h1>Operator sign-in</h1>
        <Body view={view} />
        <p class="login-foot">
          <a href="/">Back to the terminal</a>
        </p>
      </main>
    </>
  );
}

function Body({ view }: { view: LoginView }) {
  switch (view.kind) {
    case "in":
      return (
        <>
          <p>You are signed in. The sign-in ends by itself 12 hours after it began.</p>
          <form method="post" action="/logout">
            <button type="submit">Sign out</button>
          </form>
        </>
      );
    case "local":
      return <Local isLocal={view.isLocal} />;
    case "limited":
      return (
        <>
          <Alert id="login-alert">
            Too many tries. Wait {view.waitSeconds} s, then try again.
          </Alert>
          <Form next={view.next} isWrong />
        </>
      );
    case "form":
      return (
        <>
          <p>Steering the synthetic market needs the operators' passphrase.</p>
          {view.wrong && <Alert id="login-alert">This is not the passphrase.</Alert>}
          <Form next={view.next} isWrong={view.wrong} />
        </>
      );
  }
}

function Alert({ id, children }: { id: string; children: ComponentChildren }) {
  return (
    <p class="login-alert" role="alert" id={id}>
      <span aria-hidden="true">▲</span>
      <span>{children}</span>
    </p>
  );
}

function Form({ next, isWrong }: { next: string; isWrong: boolean }) {
  return (
    <form method="post" action="/login">
      <input type="hidden" name="next" value={next} />
      <label for="passphrase">Passphrase</label>
      <input
        id="passphrase"
        name="passphrase"
        type="password"
        autocomplete="current-password"
        required
        autofocus
        maxLength={1024}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? "login-alert" : undefined}
      />
      <button type="submit">Sign in</button>
    </form>
  );
}

function Local({ isLocal }: { isLocal: boolean }) {
  return (
    <>
      <p>
        {isLocal
          ? "No passphrase is set, so whoever sits at this machine is an operator. There is nothing to sign in to."
          : "No passphrase is set, so only people at the server's own machine are operators."}
      </p>
      <p>
        To let operators in from elsewhere, run <code>lotus passphrase</code>{" "}
        on the server and put what it prints into <code>LOTUS_OPERATOR_PASSPHRASE_HASH</code>.
      </p>
    </>
  );
}

import { HttpError, type PageProps } from "fresh";

/** What stands in place of a page that could not be made. */
export default function ErrorPage({ error }: PageProps<never>) {
  const status = error instanceof HttpError ? error.status : 500;
  return (
    <main class="message">
      <h1>The page could not be made</h1>
      <p>
        {error instanceof HttpError && error.message !== ""
          ? error.message
          : "The server met an error of its own. Its log says which."}
      </p>
      <p class="mono">Status {status}</p>
      <p>
        <a href="/">Try the terminal again</a>
      </p>
    </main>
  );
}

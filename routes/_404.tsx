/** What stands at an address that holds no page. */
export default function NotFound() {
  return (
    <main class="message">
      <h1>No page here</h1>
      <p>The address may be mistyped, or the page may have moved.</p>
      <p>
        <a href="/">Go to the terminal</a>
      </p>
    </main>
  );
}

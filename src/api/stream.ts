/** The server's line that says "ask" (server-sent events). A hint and no more: whatever is missed comes with the next pull. */

/** Calls `heard` for each hint. The browser opens it anew by itself after a break; `closed` is called when the server refused it. Gives back how to end it. */
export function openStream(account: string, heard: () => void, closed: () => void): () => void {
  const source = new EventSource(`/api/v1/stream?account=${account}`)
  source.addEventListener('message', heard)
  // While it was down something may have been said.
  source.addEventListener('open', heard)
  source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) closed() })
  return () => source.close()
}

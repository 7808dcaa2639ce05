/** Where to go after sign-in: only to a path of our own. Anything else becomes the home screen. */
export function ownPath(wish: string | undefined): string {
  // A browser reads `/\evil` and `/<tab>/evil` as `//evil`, and a line break would end the header.
  if (wish === undefined || wish.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wish) || wish.includes('\\')) return '/'
  const own = 'http://own.invalid'
  if (!URL.canParse(wish, own)) return '/'
  const url = new URL(wish, own)
  if (url.origin !== own || url.pathname.startsWith('//') || /^\/(?:api|auth|demo-idp)(?:\/|$)/.test(url.pathname)) return '/'
  return url.pathname + url.search + url.hash
}

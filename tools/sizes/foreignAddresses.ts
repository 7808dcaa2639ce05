/**
 * Addresses of other origins in places where a browser fetches by itself: `src`, `href` of a stylesheet or script, CSS `url()` and `@import`,
 * and `import`, `fetch` or `importScripts` of a literal. The end-to-end tests watch the real requests; this finds what no test walked past.
 */
const fetching: Record<string, RegExp[]> = {
  '.html': [/<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="((?:https?:)?\/\/[^"]+)"/g],
  '.css': [/url\(\s*["']?((?:https?:)?\/\/[^"')]+)/g, /@import\s+["']((?:https?:)?\/\/[^"']+)/g],
  '.js': [/\b(?:fetch|import|importScripts)\(\s*["'`]((?:https?:)?\/\/[^"'`]+)/g, /\bfrom\s*["']((?:https?:)?\/\/[^"']+)/g],
}

export function foreignAddresses(file: string, read: () => string): string[] {
  const patterns = Object.entries(fetching).find(([ending]) => file.endsWith(ending))?.[1]
  if (patterns === undefined) return []
  const text = read()
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => `${file}: ${match[1]}`))
}

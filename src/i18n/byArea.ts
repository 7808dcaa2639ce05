/** Files by path become areas by name: `./nb/mine.json` is reached as `t('mine.…')`. */
export const byArea = (files: Record<string, Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/|\.json$/g, ''), texts]))

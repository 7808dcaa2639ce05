/** Starts the search's worker. The CSP lets one policy make its address, and that policy knows one address. */

/** The build makes one file of the worker and gives its address. */
const [address = ''] = Object.values(import.meta.glob<string>('./search.worker.ts', { query: '?worker&url', import: 'default', eager: true }))

interface Policies { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } }
let policy: ReturnType<Policies['createPolicy']> | undefined

function trustedAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies }
  // A policy is made once in the life of a page; a second one of its name is refused.
  policy ??= trustedTypes?.createPolicy('search-url', {
    createScriptURL(url) {
      if (url !== address) throw new TypeError(`${url} is not our search`)
      return url
    },
  })
  return policy?.createScriptURL(address) ?? address
}

export const startWorker = (): Worker => new Worker(trustedAddress(), { type: 'module' })

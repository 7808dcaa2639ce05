/** Loads the provider's package, which production does not have. */
import type Provider from 'oidc-provider'

/** Two things that the package says at every start and that are known here: every flow is tested on Node 20, and the demo may forget. */
const known = /Unsupported runtime|in-memory adapter/

/** Builds the provider without those two lines between the server's own words. */
export async function loadProvider(build: (constructor: typeof Provider) => Provider): Promise<Provider> {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    if (!known.test(String(words[0]))) warn(...words)
  }
  try {
    const { default: constructor } = await import('oidc-provider')
    return build(constructor)
  } finally {
    console.warn = warn
  }
}

/** Somebody who answers questions about one language's texts: a worker, or this thread in slices where the worker cannot be had. */
import type { SearchSource } from './documents.ts'
import type { Engine, SearchResult } from './engine.ts'
import { startWorker } from './ownWorker.ts'
import type { FromWorker, ToWorker } from './search.worker.ts'

export interface Searcher { isReady: Promise<void>; search: (text: string) => Promise<SearchResult[]>; end: () => void }

/** How long a worker may say nothing before this thread does the work itself. */
const patience = 10_000

function inWorker(source: SearchSource): Searcher {
  const worker = startWorker()
  const tell = (message: ToWorker): void => { worker.postMessage(message, {}) }
  const waiting: { text: string; resolve: (results: SearchResult[]) => void; reject: (cause: unknown) => void }[] = []
  let isGone: Error | undefined
  let begin: { resolve: () => void; reject: (cause: Error) => void } | undefined
  const isReady = new Promise<void>((resolve, reject) => { begin = { resolve, reject } })
  const fail = (what: string) => {
    worker.terminate()
    isGone = new Error(what)
    begin?.reject(isGone)
    for (const { reject } of waiting.splice(0)) reject(isGone)
  }
  const timer = setTimeout(() => fail('The search did not begin'), patience)
  worker.addEventListener('error', () => fail('The search stopped'))
  worker.addEventListener('messageerror', () => fail('The search could not be understood'))
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    clearTimeout(timer)
    if ('isReady' in data) begin?.resolve()
    // Answers come in the order of the questions.
    else waiting.shift()?.resolve(data.results)
  })
  tell({ source })
  return {
    isReady,
    search: (text) => new Promise((resolve, reject) => {
      if (isGone) return reject(isGone)
      waiting.push({ text, resolve, reject })
      tell({ text })
    }),
    end: () => { clearTimeout(timer); worker.terminate() },
  }
}

const breath = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve) })

function here(source: SearchSource): Searcher {
  const engine: Promise<Engine> = import('./engine.ts').then(({ engineOf }) => engineOf(source, breath))
  return { isReady: engine.then(() => undefined), search: async (text) => (await engine).search(text), end: () => undefined }
}

/** The worker first. When it cannot start, or goes away, the same question is answered here. */
export function searcherOf(source: SearchSource): Searcher {
  let fallback: Searcher | undefined
  const instead = (cause: unknown): Searcher => {
    if (!fallback) console.info('The search runs on the page', cause)
    fallback ??= here(source)
    return fallback
  }
  let worker: Searcher
  try { worker = inWorker(source) } catch (cause) { return instead(cause) }
  return {
    isReady: worker.isReady.catch((cause: unknown) => instead(cause).isReady),
    search: (text) => (fallback ? fallback.search(text) : worker.search(text).catch((cause: unknown) => instead(cause).search(text))),
    end: () => worker.end(),
  }
}

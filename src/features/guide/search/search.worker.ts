/**
 * The search, beside the page: it builds the index and answers without keeping a finger waiting. One worker serves one language.
 * A mistake is reported as an error of the worker, so that the page hears of it and answers itself.
 */
import type { SearchSource } from './documents.ts'
import { engineOf, type Engine, type SearchResult } from './engine.ts'

/** The first message is the texts; every later one is a question. */
export type ToWorker = { source: SearchSource } | { text: string }
export type FromWorker = { isReady: true } | { text: string; results: SearchResult[] }

const say = (message: FromWorker): void => { postMessage(message, {}) }
let engine: Promise<Engine> | undefined

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if ('source' in data) {
    engine = engineOf(data.source)
    engine.then(() => say({ isReady: true })).catch(reportError)
  } else engine?.then(({ search }) => say({ text: data.text, results: search(data.text) })).catch(reportError)
})

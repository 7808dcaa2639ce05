/** Runs inside the page before the app: notes when the form can be used, the largest paint, slow interactions and commits. */
export interface Observed {
  usableAt?: number
  lcp: number
  inp: number
  clickedAt?: number
  receiptAt?: number
  /** Readwrite transactions over several stores: begun and complete, in ms since the page began. */
  commits: { begun: number; complete: number }[]
}

declare global {
  interface Window { observed: Observed }
}

export function observe(): void {
  const observed: Observed = { lcp: 0, inp: 0, commits: [] }
  window.observed = observed
  const look = (): void => {
    if (observed.usableAt === undefined && [...document.querySelectorAll('label')].some((label) => label.textContent?.includes('Slag eller spark'))) observed.usableAt = performance.now()
    if (observed.receiptAt === undefined && document.querySelector('h1')?.textContent?.includes('Lagret på denne telefonen')) observed.receiptAt = performance.now()
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) observed.lcp = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[]) {
      if ((entry as { interactionId?: number }).interactionId) observed.inp = Math.max(observed.inp, entry.duration)
    }
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
  addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('button')?.textContent?.includes('Lagre på telefonen')) observed.clickedAt = performance.now()
  }, true)
  const real = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function transaction(names, mode, options) {
    const made = real.call(this, names, mode, options)
    if (mode === 'readwrite' && Array.isArray(names) && names.length > 1) {
      const begun = performance.now()
      made.addEventListener('complete', () => observed.commits.push({ begun, complete: performance.now() }))
    }
    return made
  }
}

/** Mounts a screen as the app does: real stores, real texts, real database; only the server is away. */
import { mount, flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n, loadMessages, setLocale } from '#app/i18n/index.ts'
import { keepServerKeys } from '#app/db/device.ts'

const blank = { template: '<p />', render: () => null }

/** A key pair's public half, so that letters can be sealed without a server. */
export async function giveKeys(): Promise<void> {
  const make = (name: 'ECDH' | 'ECDSA', usages: KeyUsage[]) => crypto.subtle.generateKey({ name, namedCurve: 'P-256' }, true, usages)
  const raw = async (pair: CryptoKeyPair) => Buffer.from(await crypto.subtle.exportKey('raw', pair.publicKey)).toString('base64url')
  const [sealing, signing] = await Promise.all([make('ECDH', ['deriveBits']), make('ECDSA', ['sign', 'verify'])])
  await keepServerKeys({ sealing: [{ kid: 'seal-1', publicKey: await raw(sealing as CryptoKeyPair) }], signing: [{ kid: 'sign-1', publicKey: await raw(signing as CryptoKeyPair) }], time: new Date().toISOString() })
}

export async function showScreen(screen: Component, { path = '/', props = {} }: { path?: string; props?: Record<string, unknown> } = {}) {
  document.body.innerHTML = '<main id="main"></main><div id="dock"></div>'
  const pinia = createPinia()
  setActivePinia(pinia)
  await loadMessages('nb')
  await setLocale('nb')
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: blank, meta: { title: 'common.title.log' } }] })
  await router.push(path)
  const wrapper = mount(screen, { props, attachTo: document.getElementById('main') ?? document.body, global: { plugins: [pinia, i18n, router] } })
  await flushPromises()
  return { wrapper, router, end: () => wrapper.unmount() }
}

const wordsOf = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim()

/** The thing with these words: a label's box, a button, a link. */
export function find<T extends HTMLElement = HTMLElement>(words: string | RegExp, selector = 'label, button, a'): T {
  const fits = (element: Element) => (typeof words === 'string' ? wordsOf(element) === words : words.test(wordsOf(element)))
  const found = [...document.querySelectorAll<T>(selector)].find(fits)
  if (found === undefined) throw new Error(`There is no «${String(words)}» among: ${[...document.querySelectorAll(selector)].map(wordsOf).join(' | ')}`)
  return found
}
export const tap = async (words: string | RegExp): Promise<void> => {
  const target = find(words)
  const box = target.querySelector<HTMLElement>('input')
  ;(box ?? target).click()
  await flushPromises()
}
export const isChosen = (words: string): boolean => find(words, 'label').querySelector('input')?.checked === true
export const screenText = (): string => wordsOf(document.body)

import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import ClockVeil from '#app/features/shell/ClockVeil.vue'
import { i18n } from '#app/i18n/index.ts'
import { useHide } from '#app/composables/useHide.ts'

const { isHidden, hide, show, setTitle, hideOnShift, followAddress } = useHide()
const press = (key: string) => window.dispatchEvent(new KeyboardEvent('keydown', { key }))
afterEach(() => { if (isHidden.value) show() })

describe('Skjul', () => {
  it('has changed title and page before anything else can happen', () => {
    setTitle(() => 'Lagret')
    hide()
    expect(document.title).toBe('Notat')
    expect(document.documentElement.dataset['hidden']).toBe('')
    show()
    expect(document.title).toBe('Lagret')
  })

  it('keeps the neutral title while screens change behind it', () => {
    hide()
    setTitle(() => 'Detaljer')
    expect(document.title).toBe('Notat')
  })

  it('keeps the address of every place neutral that the way back leads to, and gives back the one that is shown', async () => {
    const blank = { render: () => null }
    const router = createRouter({ history: createWebHistory(), routes: [{ path: '/:rest(.*)*', component: blank }] })
    followAddress(router)
    for (const place of ['/report/1', '/report/2', '/more']) await router.push(place)
    hide()
    for (const place of ['/report/2', '/report/1']) {
      window.history.back()
      await vi.waitFor(() => expect(router.currentRoute.value.path).toBe(place))
      expect(window.location.pathname).toBe('/')
    }
    await router.push('/receipt/3')
    expect(window.location.pathname).toBe('/')
    show()
    expect(window.location.pathname).toBe('/receipt/3')
    window.history.back()
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/report/1'))
    expect(window.location.pathname).toBe('/report/1')
  })

  it('falls at the third Shift, and not when other keys came between', () => {
    const stop = hideOnShift()
    ;['Shift', 'Shift', 'a', 'Shift'].forEach(press)
    expect(isHidden.value).toBe(false)
    ;['Shift', 'Shift'].forEach(press)
    expect(isHidden.value).toBe(true)
    stop()
  })

  it('shows a clock and one way back', async () => {
    hide()
    const veil = mount({ render: () => h(ClockVeil) }, { global: { plugins: [i18n] }, attachTo: document.body })
    expect(veil.find('h1').text()).toMatch(/\d\d[.:]\d\d/)
    expect(veil.findAll('button')).toHaveLength(1)
    await veil.find('button').trigger('click')
    await nextTick()
    expect(isHidden.value).toBe(false)
    veil.unmount()
  })
})

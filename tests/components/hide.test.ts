import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { h, nextTick } from 'vue'
import ClockVeil from '#app/features/shell/ClockVeil.vue'
import { i18n } from '#app/i18n/index.ts'
import { useHide } from '#app/composables/useHide.ts'

const { isHidden, hide, show, setTitle, hideOnShift } = useHide()
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

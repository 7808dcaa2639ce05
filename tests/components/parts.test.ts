import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import AppChips from '#app/ui/AppChips.vue'
import AppErrorSummary from '#app/ui/AppErrorSummary.vue'
import AppSteps from '#app/ui/AppSteps.vue'

const options = Array.from({ length: 12 }, (_none, index) => ({ value: `v${index}`, label: `Svar ${index}` }))

describe('chips', () => {
  it('give one answer, and take it back when it is tapped again', async () => {
    const chips = mount(AppChips, { props: { legend: 'Sted', options, modelValue: undefined as string | undefined, 'onUpdate:modelValue': (value: unknown) => chips.setProps({ modelValue: value as string | undefined }) } })
    await chips.findAll('input')[1]?.setValue(true)
    expect(chips.props('modelValue')).toBe('v1')
    await chips.findAll('input')[1]?.trigger('click')
    expect(chips.props('modelValue')).toBeUndefined()
  })

  it('keep the one answer that is required', async () => {
    const chips = mount(AppChips, { props: { legend: 'Når', options, required: true, modelValue: 'v1' } })
    await chips.findAll('input')[1]?.trigger('click')
    expect(chips.emitted('update:modelValue')).toBeUndefined()
  })

  it('show eight and the chosen ones until more are asked for', async () => {
    const chips = mount(AppChips, { props: { legend: 'Situasjon', options, more: 'Vis flere', modelValue: 'v11' } })
    expect(chips.findAll('input').map((input) => input.attributes('value'))).toEqual([...options.slice(0, 8).map(({ value }) => value), 'v11'])
    await chips.find('button').trigger('click')
    expect(chips.findAll('input')).toHaveLength(12)
    expect(chips.find('button').exists()).toBe(false)
  })
})

describe('the line of steps', () => {
  it('says each state in words, not in colour alone', () => {
    const words = { done: 'ferdig', now: 'pågår', later: 'ikke ennå', trouble: 'stoppet' }
    const line = mount(AppSteps, { props: { label: 'Status', words, steps: [{ label: 'Lagret', state: 'done' }, { label: 'Sendt', state: 'now' }, { label: 'Åpnet', state: 'later' }] } })
    expect(line.findAll('li').map((step) => step.text())).toEqual(['Lagret (ferdig)', 'Sendt (pågår)', 'Åpnet (ikke ennå)'])
  })
})

describe('the error summary', () => {
  it('is there only while something must be mended', async () => {
    const summary = mount(AppErrorSummary, { props: { title: 'Rett opp', mistakes: [{ text: 'Velg hva som skjedde', field: 'tiles' }] } })
    await summary.find('a').trigger('click')
    expect(summary.emitted('follow')).toHaveLength(1)
    await summary.setProps({ mistakes: [] })
    expect(summary.find('a').exists()).toBe(false)
  })
})

/** The law data: complete, in force, and free of the paragraphs that no longer are what people remember (domain paper 0.1). */
import { describe, expect, it } from 'vitest'
import { acts, lawsIn, paragraphs, sitesIn } from '../../tools/guide/law.ts'
import { locales } from '../../tools/guide/frontMatter.ts'

describe('the law data', () => {
  const all = Object.entries(paragraphs())

  it('says when each paragraph was checked', () => {
    expect(all.filter(([, { checked }]) => !/^20\d\d-\d\d-\d\d$/.test(checked) || checked < '2026-01-01').map(([id]) => id)).toEqual([])
  })

  it('has every act and every gist in three languages', () => {
    const missing = [...Object.entries(acts()).flatMap(([id, { name }]) => locales.filter((locale) => !name[locale]).map((locale) => `${id} ${locale}`)), ...all.flatMap(([id, { gist }]) => locales.filter((locale) => !gist[locale]).map((locale) => `${id} ${locale}`))]
    expect(missing).toEqual([])
  })

  it('has no chapter 23A, and not the paragraph of another crime', () => {
    expect(all.filter(([, { act, number }]) => (act === 'utf' && number.includes('23')) || (act === 'strl' && number === '§ 282')).map(([id]) => id)).toEqual([])
  })

  it('names an id by what it is', () => {
    expect(all.filter(([id, { act, number }]) => id !== `${act}-${number.replace(/^§ |^kap\. /, '').replaceAll(' ', '').toLowerCase()}`).map(([id]) => id)).toEqual([])
  })

  it.each(locales)('leads to Lovdata over https: %s', (locale) => {
    expect(Object.values(lawsIn(locale)).filter(({ url }) => !URL.canParse(url) || new URL(url).origin !== 'https://lovdata.no').map(({ name }) => name)).toEqual([])
    expect(lawsIn(locale)['aml-4-3']?.url).toBe('https://lovdata.no/lov/2005-06-17-62/%C2%A74-3')
  })

  it.each(locales)('has outside pages over https only: %s', (locale) => {
    expect(Object.values(sitesIn(locale)).filter(({ name, url }) => !name || new URL(url).protocol !== 'https:').map(({ url }) => url)).toEqual([])
  })
})

/** What stands around a text of the guidance: where its links lead, what it rests on, how fresh it is, what the municipality adds, and what to read next. */
import { useI18n } from 'vue-i18n'
import type { Guide, GuideItem } from '#app/domain/guide.ts'
import { addressOf } from '#app/domain/guideAddress.ts'
import type { Locale } from '#app/i18n/index.ts'
import { useLocal } from './useLocal.ts'

interface Link { kind: string; to: string }

/** «§ 3A-6» stays on one line. */
const inOneLine = (name: string): string => name.replace('§ ', '§\u00A0').replaceAll(/-(?=\d)/g, '-\u2060')

/** `lawsAt`: the address of the page that lists the laws, so that a paragraph's own words are one tap away and offline; empty for the page itself. Null: a law leads outside. */
export function useReading(guide: () => Guide | undefined, lawsAt: string | null = '') {
  const { t, locale } = useI18n()
  const { additionsFor, linksFor } = useLocal()
  const find = (id: string) => guide()?.items.find((item) => item.id === id)

  function target({ kind, to }: Link): { to: string } | { href: string; outside?: boolean } | undefined {
    if (kind === 'tel') return { href: `tel:${to}` }
    if (kind === 'item') {
      const item = find(to)
      return item && { to: addressOf(item) }
    }
    if (kind === 'law' && lawsAt !== null) return { to: `${lawsAt}#law-${to}` }
    const href = (kind === 'law' ? guide()?.laws[to] : guide()?.sites[to])?.url
    return href === undefined ? undefined : { href, outside: true }
  }

  const day = (iso: string) => new Date(`${iso}T12:00:00`).toLocaleDateString(locale.value === 'en' ? 'en-GB' : locale.value, { day: 'numeric', month: 'long', year: 'numeric' })

  /** Paragraphs with our own words for them, and the day on which they were in force. */
  const lawsOf = (laws: readonly string[]) => laws.flatMap((law) => {
    const known = guide()?.laws[law]
    return known ? [{ id: law, name: inOneLine(known.name), gist: known.gist, url: known.url, note: t('reading.inForce', { day: day(known.inForce) }) }] : []
  })
  /** What ReadingFoot shows below an item. */
  const footOf = ({ id, laws, sites, reviewed, confirmers }: GuideItem) => ({
    laws: lawsOf(laws),
    sites: [...linksFor(id).map(({ title, url }) => ({ name: title, url })), ...sites.flatMap((site) => guide()?.sites[site] ?? [])],
    additions: additionsFor(id).map((addition) => ({ id: addition.id, title: addition.title, text: addition.texts[locale.value as Locale] ?? addition.texts.nb })),
    standing: `${t('reading.reviewed', { day: day(reviewed) })} ${t('reading.confirm', { who: confirmers.map((who) => t(`reading.confirmer.${who}`)).join(', ') })}`,
  })
  /** «For ansatte, ledere og verneombud». */
  const readersIn = ({ readers }: GuideItem): string => t('reading.for', { who: new Intl.ListFormat(locale.value).format(readers.map((reader) => t(`reading.who.${reader}`))) })
  const relatedOf = ({ related }: GuideItem) => related.flatMap((id) => find(id) ?? [])

  return { target, footOf, lawsOf, day, readersIn, relatedOf }
}

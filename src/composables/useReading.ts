/** What stands around a text of the guidance: where its links lead, what it rests on, how fresh it is, and what to read next. */
import { useI18n } from 'vue-i18n'
import type { Guide, GuideItem, Law, Site } from '#app/domain/guide.ts'
import { addressOf } from '#app/domain/guideAddress.ts'

interface Link { kind: string; to: string }

/** `lawsHere`: the page lists the laws itself, so that a paragraph's own words are one tap away and offline. */
export function useReading(guide: () => Guide | undefined, lawsHere = true) {
  const { t, locale } = useI18n()
  const find = (id: string) => guide()?.items.find((item) => item.id === id)

  function target({ kind, to }: Link): { to: string } | { href: string } | undefined {
    if (kind === 'tel') return { href: `tel:${to}` }
    if (kind === 'item') {
      const item = find(to)
      return item && { to: addressOf(item) }
    }
    if (kind === 'law' && lawsHere) return { href: `#law-${to}` }
    const href = (kind === 'law' ? guide()?.laws[to] : guide()?.sites[to])?.url
    return href === undefined ? undefined : { href }
  }

  const day = (iso: string) => new Date(`${iso}T12:00:00`).toLocaleDateString(locale.value, { day: 'numeric', month: 'long', year: 'numeric' })
  const lawsOf = ({ laws }: GuideItem): (Law & { id: string })[] => laws.flatMap((id) => { const law = guide()?.laws[id]; return law ? [{ ...law, id }] : [] })
  const sitesOf = ({ sites }: GuideItem): Site[] => sites.flatMap((id) => guide()?.sites[id] ?? [])
  const relatedOf = ({ related }: GuideItem) => related.flatMap((id) => find(id) ?? [])
  /** How fresh it is, and whose word it still lacks. */
  const standingOf = ({ reviewed, confirmers }: GuideItem): string => [
    t('reading.reviewed', { day: day(reviewed) }),
    t('reading.confirm', { who: confirmers.map((who) => t(`reading.confirmer.${who}`)).join(', ') }),
  ].join(' ')

  return { target, day, lawsOf, sitesOf, relatedOf, standingOf }
}

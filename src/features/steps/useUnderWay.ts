/** The walk-throughs that somebody is in the middle of on this phone, the latest first. */
import { computed, type ComputedRef } from 'vue'
import { useLiveQuery } from '#app/composables/useLiveQuery.ts'
import { walkPlaces } from '#app/db/walks.ts'
import type { Guide, Walk } from '#app/domain/guide.ts'
import { underWay } from '#app/domain/walkPlace.ts'

export const walksOf = (guide: Guide | undefined): Walk[] => (guide?.items ?? []).filter((item) => item.kind === 'walk')

export function useUnderWay(guide: () => Guide | undefined): ComputedRef<{ walk: Walk; step: number }[]> {
  const { data: places } = useLiveQuery(walkPlaces)
  return computed(() => underWay(places.value ?? {}, walksOf(guide()), Date.now()))
}

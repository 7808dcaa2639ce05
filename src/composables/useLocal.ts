/** The municipality's own, as the phone has it: numbers, links, and additions to the guidance. Known offline and after signing out. */
import { computed, type ComputedRef } from 'vue'
import type { LocalAddition, LocalEntry, LocalLink, LocalNumber } from '#contract/local.ts'
import { localNumberKinds } from '#contract/localCodes.ts'
import type { Unit } from '#contract/session.ts'
import { chooseSchool, localView } from '#app/db/local.ts'
import { ownFirst, schoolOf } from '#app/domain/local.ts'
import { useLiveQuery } from './useLiveQuery.ts'

export interface UseLocal {
  /** The school's, then the whole municipality's; within each in the order office, leader, backup … */
  numbers: ComputedRef<LocalNumber[]>
  links: ComputedRef<LocalLink[]>
  /** Of an article, walk, practice or course. Follow changes when they are read in a template or a computed. */
  additionsFor: (id: string) => LocalAddition[]
  linksFor: (id: string) => LocalLink[]
  /** The name of the school that comes first; empty when none is known. */
  unitName: ComputedRef<string>
  /** For "Skolen min": all schools, those of whoever signed in last here, and the one that comes first. */
  schools: ComputedRef<Unit[]>
  mine: ComputedRef<string[]>
  school: ComputedRef<string | null>
  chooseSchool: (id: string) => Promise<void>
}

/** Empty while it loads, when nothing was ever fetched, and when the phone's storage is shut. */
export function useLocal(): UseLocal {
  const { data } = useLiveQuery(localView)
  const school = computed(() => data.value ? schoolOf(data.value) : null)
  const entries = computed<LocalEntry[]>(() => ownFirst((data.value?.rows ?? []).map(({ entry }) => entry), school.value))
  const rank = ({ unit, of }: LocalNumber) => (unit === null ? localNumberKinds.length : 0) + localNumberKinds.indexOf(of)
  const numbers = computed(() => entries.value.filter((entry) => entry.kind === 'number').toSorted((one, other) => rank(one) - rank(other)))
  const links = computed(() => entries.value.filter((entry) => entry.kind === 'link'))
  const additions = computed(() => entries.value.filter((entry) => entry.kind === 'addition'))
  return {
    numbers, links, school,
    additionsFor: (id) => additions.value.filter(({ item }) => item === id),
    linksFor: (id) => links.value.filter(({ item }) => item === id),
    unitName: computed(() => data.value?.units.find(({ id }) => id === school.value)?.name ?? ''),
    schools: computed(() => data.value?.units ?? []),
    mine: computed(() => data.value?.mine ?? []),
    chooseSchool,
  }
}

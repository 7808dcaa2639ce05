/** What the municipality has switched on, as this phone knows it: offline too, and everything until it has said otherwise. */
import { computed } from 'vue'
import { defaultFeatures, type Feature } from '#contract/features.ts'
import { features } from '#app/db/local.ts'
import { useLiveQuery } from './useLiveQuery.ts'

export function useSettings() {
  const { data } = useLiveQuery(features)
  const isOn = (feature: Feature): boolean => (data.value ?? defaultFeatures)[feature]
  return { isOn, features: computed(() => data.value ?? defaultFeatures) }
}

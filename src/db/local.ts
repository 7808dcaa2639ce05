/** The municipality's own on this phone: for whoever holds it, signed in or not. It goes with "Slett alt". */
import { defaultFeatures, type Feature } from '#contract/features.ts'
import type { Local, LocalRow } from '#contract/local.ts'
import type { Unit } from '#contract/session.ts'
import type { LocalForm } from '#app/domain/localForm.ts'
import type { Settings } from './deviceDatabase.ts'
import { inDevice } from './gateway.ts'

/** `school` is the one that was chosen on this phone, if one was. */
export interface LocalView { rows: LocalRow[]; units: Unit[]; mine: string[]; school: string | null }

/** All that the phone knows. Empty when it has never been fetched. */
export const localView = (): Promise<LocalView> => inDevice((device) => device.transaction('r', device.settings, device.local, async () => {
  const read = async <K extends keyof Settings>(key: K) => (await device.settings.get(key))?.value as Settings[K] | undefined
  return { rows: await device.local.toArray(), units: (await read('units')) ?? [], mine: (await read('mine')) ?? [], school: (await read('school')) ?? null }
}))

/** What the municipality has switched on; everything until it has said otherwise. */
export const features = (): Promise<Record<Feature, boolean>> => inDevice(async ({ settings }) => ((await settings.get('features'))?.value as Record<Feature, boolean> | undefined) ?? defaultFeatures)

/** Which state is kept here; undefined when none is. */
export const localTag = (): Promise<string | undefined> => inDevice(async ({ settings }) => (await settings.get('localTag'))?.value as string | undefined)

/**
 * Puts the server's state in place of the former, rows and tag together. Whoever has no school (an administrator) does not take the school from
 * a phone that has one.
 */
export const keepLocal = ({ tag, units, mine, rows, features }: Local): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, device.local, async () => {
    await device.local.clear()
    await device.local.bulkPut(rows.map(({ version, entry }) => ({ id: entry.id, version, entry })))
    await device.settings.bulkPut([{ key: 'localTag', value: tag }, { key: 'units', value: units }, { key: 'features', value: features }])
    if (mine !== null && mine.length > 0) await device.settings.put({ key: 'mine', value: mine })
  }))

/** After an edit: the row shows at once. Without the tag, the next question brings the whole state. */
export const keepLocalRow = ({ version, entry }: LocalRow): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, device.local, async () => {
    await device.local.put({ id: entry.id, version, entry })
    await device.settings.delete('localTag')
  }))

/** After a removal. */
export const dropLocalRow = (id: string): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, device.local, async () => {
    await device.local.delete(id)
    await device.settings.delete('localTag')
  }))

/** "Skolen min" on this phone. */
export const chooseSchool = (id: string): Promise<void> => inDevice(async ({ settings }) => { await settings.put({ key: 'school', value: id }) })

/** What an administrator has begun to write and not saved yet, by the row's id. */
export const localForms = (): Promise<Record<string, LocalForm>> => inDevice(async ({ settings }) => ((await settings.get('localForms'))?.value ?? {}) as Record<string, LocalForm>)

/** Null forgets it: it was saved, or given up. */
export const keepLocalForm = (id: string, form: LocalForm | null): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, async () => {
    const { [id]: _before, ...others } = ((await device.settings.get('localForms'))?.value ?? {}) as Record<string, LocalForm>
    await device.settings.put({ key: 'localForms', value: form === null ? others : { ...others, [id]: form } })
  }))

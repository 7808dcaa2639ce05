/** How far somebody has come in the walk-throughs. Belongs to the phone and is never sent; strict, so that it outlives a killed browser. */
import type { WalkPlace, WalkPlaces } from '#app/domain/walkPlace.ts'
import type { DeviceDatabase } from './deviceDatabase.ts'
import { inDevice } from './gateway.ts'

const read = async (device: DeviceDatabase): Promise<WalkPlaces> => ((await device.settings.get('walks'))?.value ?? {}) as WalkPlaces

export const walkPlaces = (): Promise<WalkPlaces> => inDevice(read)

/** Keeps what `change` makes of the place, and gives it back. */
export const changePlace = (id: string, change: (place: WalkPlace | undefined) => WalkPlace): Promise<WalkPlace> => inDevice((device) =>
  device.transaction('rw', device.settings, async () => {
    const places = await read(device)
    const place = change(places[id])
    await device.settings.put({ key: 'walks', value: { ...places, [id]: place } })
    return place
  }))

/** The walk is done, or begins anew. */
export const forgetPlace = (id: string): Promise<void> => inDevice((device) =>
  device.transaction('rw', device.settings, async () => {
    const { [id]: _forgotten, ...others } = await read(device)
    await device.settings.put({ key: 'walks', value: others })
  }))

/** What people wrote in the demo's past. Made up, without anybody in it, and marked. */
import type { MeasureKind } from '#contract/caseCodes.ts'
import type { Situation } from '#contract/vocabulary.ts'

const mark = 'Demo: '
const toldOf: Partial<Record<Situation, string>> = {
  lesson: 'Elev ble bedt om å legge bort noe i timen og slo etter meg.', 'one-to-one': 'Vi satt alene på grupperommet da eleven ikke ville mer.', transition: 'Det skjedde på vei mellom to rom, da planen ble endret.',
  break: 'Jeg gikk mellom to elever i friminuttet.', 'limit-setting': 'Eleven fikk nei og ble sint.', 'sfo-time': 'Det var mange barn i rommet og høyt lydnivå.', dressing: 'Trangt i garderoben. Eleven ville ikke kle på seg.',
}
export const description = (situation: Situation | undefined): string => mark + ((situation && toldOf[situation]) ?? 'Det gikk fort, og jeg trakk meg unna. En kollega kom til.')
export const contactNote = `${mark}Snakket sammen på kontoret. Ansatt vil ha en kollega med neste gang.`
export const question = `${mark}Var det noen andre voksne til stede?`
export const reply = `${mark}Nei, jeg var alene da det skjedde.`
export const answer = `${mark}Takk for at du meldte. Vi har sett på hva som kan gjøres, og tar det opp med teamet på tirsdag.`
export const measureText = `${mark}Avtalt i teamet.`
export const owner = (kind: MeasureKind): string => (kind === 'staff-informed' || kind === 'ros-updated' ? 'Rektor' : 'Teamleder')
export const closing = (worked: boolean): string => mark + (worked ? 'Tiltaket er satt i gang og ser ut til å hjelpe. Si fra hvis det skjer igjen.' : 'Vi har satt i gang et tiltak og følger med på om det hjelper. Meldingen åpnes igjen hvis det skjer på nytt.')
export const withdrawnClosing = `${mark}Meldingen er trukket. Takk for at du sa fra.`
export const comment = `${mark}Er risikovurderingen for overgangene oppdatert etter dette?`

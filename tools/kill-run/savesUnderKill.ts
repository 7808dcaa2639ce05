/** Kills the browser process at random points of saving, again and again, and afterwards asks what is there. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Phone } from '../../tests/support/e2e/phone.ts'
import { option } from '../../tests/support/e2e/person.ts'
import { localReports } from './localReports.ts'

export interface SavesUnderKill {
  kills: number
  /** The receipt was shown before the kill. Each of these must be in the database. */
  promised: number
  promisedAndLost: number
  /** Saves that the kill caught half-way: each must be either a whole report or the draft as it was. */
  caught: number
  becameReport: number
  stayedDraft: number
  neitherNorBoth: number
}

const tapAfterMs = 30

const isChecked = (phone: Phone, words: string): Promise<boolean> => phone.page.evaluate((text) =>
  [...document.querySelectorAll('input:checked')].some((input) => input.closest('label')?.textContent?.includes(text)), words)

/** The home screen, when it has read its draft. */
const home = async (phone: Phone): Promise<void> => {
  await phone.open('/')
  await option(phone.page, 'Slag eller spark').waitFor()
  await phone.page.waitForTimeout(300)
}

/** One life: choose, wait until the draft is safe, tap save, and lose power within `longestMs`. */
export async function saveUnderKill(phone: Phone, longestMs: number, sum: SavesUnderKill): Promise<void> {
  const before = await localReports(phone)
  if (!(await isChecked(phone, 'Slag eller spark'))) await option(phone.page, 'Slag eller spark').click()
  await phone.page.waitForTimeout(300)
  // The tap comes a moment later, so that some kills fall before it, some into the save, and some after.
  await phone.page.evaluate((wait) => {
    const save = [...document.querySelectorAll('button')].find((button) => button.textContent?.includes('Lagre på telefonen'))
    setTimeout(() => save?.click(), wait)
  }, tapAfterMs)
  await pause(Math.random() * longestMs)
  const wasPromised = await phone.page.getByRole('heading', { level: 1, name: 'Lagret på denne telefonen' }).isVisible()
  await phone.kill()
  await phone.on()
  await home(phone)
  const after = await localReports(phone)
  const draft = await isChecked(phone, 'Slag eller spark')
  const grew = after.size - before.size
  sum.kills += 1
  if (wasPromised) {
    sum.promised += 1
    if (grew !== 1) sum.promisedAndLost += 1
  } else {
    sum.caught += 1
  }
  if (grew === 1 && !draft) sum.becameReport += 1
  else if (grew === 0 && draft) sum.stayedDraft += 1
  else sum.neitherNorBoth += 1
}

/** Runs `kills` lives. The phone must be signed in, installed and on. */
export async function savesUnderKill(phone: Phone, kills: number, longestMs = 220): Promise<SavesUnderKill> {
  const sum: SavesUnderKill = { kills: 0, promised: 0, promisedAndLost: 0, caught: 0, becameReport: 0, stayedDraft: 0, neitherNorBoth: 0 }
  await home(phone)
  for (let life = 0; life < kills; life += 1) await saveUnderKill(phone, longestMs, sum)
  return sum
}

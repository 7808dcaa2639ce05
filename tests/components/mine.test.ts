import 'fake-indexeddb/auto'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Facts } from '#contract/facts.ts'
import SignOutScreen from '#app/features/account/SignOutScreen.vue'
import MineScreen from '#app/features/mine/MineScreen.vue'
import ReportScreen from '#app/features/mine/ReportScreen.vue'
import ReceiptScreen from '#app/features/reports/ReceiptScreen.vue'
import SendingScreen from '#app/features/sending/SendingScreen.vue'
import WipeDialog from '#app/features/settings/WipeDialog.vue'
import { newDraft } from '#app/composables/useDraft.ts'
import { keepChanges } from '#app/db/changes.ts'
import { switchAccount } from '#app/db/device.ts'
import { keepDraft } from '#app/db/drafts.ts'
import { inAccount } from '#app/db/gateway.ts'
import { myReport, saveReport } from '#app/db/reports.ts'
import { ownReport } from '../support/ownReport.ts'
import { find, giveKeys, screenText, showScreen, tap } from './screen.ts'

let end = () => undefined as void
const show = async (...asked: Parameters<typeof showScreen>) => {
  const screen = await showScreen(...asked)
  end = screen.end
  return screen
}
const kari = '0190a000-0000-7000-8000-00000000000a'
const rita = '0190a000-0000-7000-8000-00000000000b'
let clock = Date.parse('2026-11-23T08:00:00Z')
const saved = async (facts: Facts): Promise<string> => {
  clock += 60_000
  vi.useFakeTimers({ toFake: ['Date'], now: clock })
  const draft = { ...newDraft('report'), facts }
  await saveReport(draft)
  vi.useRealTimers()
  return draft.id
}
const refuse = (id: string, refusedBecause: string) => inAccount(kari, async ({ letters }) => {
  const row = await letters.get(id)
  if (row === undefined) throw new Error(`There is no letter ${id}`)
  await letters.put({ ...row, refusedBecause, nextAttemptAt: Number.POSITIVE_INFINITY })
})
const titles = () => [...document.querySelectorAll('main .list h2 a')].map((link) => link.textContent)

beforeAll(async () => {
  await giveKeys()
  await switchAccount(kari)
})
afterEach(() => end())

describe('the list', () => {
  it('has what was written last first', async () => {
    for (const tile of ['hit', 'threat', 'bite', 'throw', 'damage'] as const) await saved({ tiles: [tile] })
    await show(MineScreen)
    await vi.waitFor(() => expect(titles()).toEqual(['Skadeverk', 'Kasting av ting', 'Biting, kloring, spytting', 'Trussel', 'Slag eller spark']))
  })

  it('keeps a Kladd that was deleted until the list is left', async () => {
    await keepDraft({ ...newDraft('report'), kept: true })
    await show(MineScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Mangler: hva som skjedde.'))
    await tap(/^Slett kladden/)
    await vi.waitFor(() => expect(screenText()).toContain('Kladden er slettet.'))
    await tap('Angre')
    await vi.waitFor(() => expect(screenText()).toContain('Mangler: hva som skjedde.'))
    await tap(/^Slett kladden/)
  })
})

describe('a report that was refused', () => {
  it('is mended by one button where sending again helps', async () => {
    const id = await saved({ tiles: ['hit'] })
    await refuse(id, 'foreign-unit')
    await show(ReportScreen, { props: { id } })
    await vi.waitFor(() => expect(screenText()).toContain('Trenger deg'))
    await tap('Send på nytt')
    await vi.waitFor(() => expect(screenText()).not.toContain('Trenger deg'))
  })

  it('is not offered to be sent again where the school has erased it', async () => {
    const id = await saved({ tiles: ['threat'] })
    await refuse(id, 'erased')
    await show(ReportScreen, { props: { id } })
    await vi.waitFor(() => find('Last ned forseglet kopi'))
    expect(screenText()).not.toContain('Send på nytt')
  })

  it('stands under what was not sent, with the reason', async () => {
    await show(SendingScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Skolen har slettet denne meldingen.'))
  })
})

describe('a report that the school has', () => {
  it.each([['its own screen', ReportScreen], ['the receipt', ReceiptScreen]])('is withdrawn from %s only after the person was told what that means', async (_where, screen) => {
    const id = await saved({ tiles: ['other'] })
    await inAccount(kari, async ({ letters }) => {
      const row = await letters.get(id)
      if (row === undefined) throw new Error('There is no letter')
      const { nextAttemptAt: _next, ...rest } = row
      await letters.put({ ...rest, attempts: 1, receipt: { id, hash: 'x', receivedAt: '2026-11-23T09:00:00.000Z', seq: 1, kid: 'sign-1', signature: 'x' } })
    })
    await show(screen, { props: { id } })
    await vi.waitFor(() => find('Trekk tilbake'))
    await tap('Trekk tilbake')
    await vi.waitFor(() => expect(screenText()).toContain('Det kan ikke angres.'))
    expect((await myReport(id))?.letters.map(({ kind }) => kind)).toEqual(['report'])
    find('Trekk tilbake', 'dialog button').click()
    await vi.waitFor(async () => expect((await myReport(id))?.letters.map(({ kind }) => kind)).toContain('withdrawal'))
  })
})

describe('a report that another phone sent', () => {
  it('is asked about before it is withdrawn: the school has it', async () => {
    const id = '0190a000-0000-7000-8000-0000000000d9'
    await keepChanges(kari, { changes: [ownReport(id, { seq: 9 })], cursor: '1.9', more: false }, false)
    await show(ReportScreen, { props: { id } })
    await vi.waitFor(() => find('Trekk tilbake'))
    await tap('Trekk tilbake')
    await vi.waitFor(() => expect(screenText()).toContain('Det kan ikke angres.'))
    expect(await inAccount(kari, ({ letters }) => letters.where('report').equals(id).count())).toBe(0)
  })
})

describe('wiping the phone', () => {
  it('counts what everybody on this phone would lose', async () => {
    await switchAccount(rita)
    await saved({ tiles: ['hit'] })
    await switchAccount(null)
    await show(WipeDialog, { props: { open: true } })
    // Kari's five of the list, the one that waits again, the refused one and her two withdrawals; and Rita's one.
    await vi.waitFor(() => expect(screenText()).toMatch(/10 hendelser er ikke sendt og blir borte for godt/))
  })
})

describe('signing out', () => {
  it('says that it is done when nobody’s rows are shown', async () => {
    await switchAccount(null)
    await show(SignOutScreen)
    await vi.waitFor(() => expect(screenText()).toContain('Du er logget ut'))
  })

  it('says how much is not sent', async () => {
    await switchAccount(rita)
    await show(SignOutScreen)
    await vi.waitFor(() => expect(screenText()).toContain('1 hendelse er ikke sendt ennå.'))
  })
})

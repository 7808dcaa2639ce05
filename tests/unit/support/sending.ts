/** What the tests of sending say often. The clock is theirs (only Date is faked). */
import { vi } from 'vitest'
import { myReport, saveReport } from '#app/db/reports.ts'
import { deliveryStatus } from '#app/domain/status.ts'
import { aDraft } from './phone.ts'
import { headerOf } from './school.ts'

export const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

export async function logged(count = 1): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index += 1) {
    later(10)
    const draft = aDraft()
    await saveReport(draft)
    ids.push(draft.id)
  }
  return ids
}

export const statusOf = async (id: string) => {
  const view = await myReport(id)
  return view && deliveryStatus(view, new Date()).code
}

export const idsIn = (post: { body: { letters?: Parameters<typeof headerOf>[0][] } } | undefined) => (post?.body.letters ?? []).map((letter) => headerOf(letter).id)

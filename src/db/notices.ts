/** What the school's server has told that there is: the list, what of it is new, and that it was looked at. Read stays on this phone. */
import type { Notice } from '#contract/changes.ts'
import type { AccountDatabase } from './accountDatabase.ts'
import { currentAccount } from './device.ts'
import { inAccount } from './gateway.ts'
import type { NoticeRow } from './rows.ts'
import { openSafe } from './vault.ts'

/** `isOwn`: it is about a report of one's own, so it leads there and not to the inbox. */
export interface NoticeView { id: string; about: string; what: Notice['what']; at: string; isRead: boolean; isOwn: boolean }

async function viewsOf(database: AccountDatabase, rows: NoticeRow[]): Promise<NoticeView[]> {
  // Read before the safe is opened: a live query follows only what is read before the first wait for WebCrypto.
  const own = new Set([...await database.own.toCollection().primaryKeys(), ...await database.letters.filter(({ kind }) => kind === 'report').primaryKeys()])
  if (rows.length === 0) return []
  const safe = await openSafe(database)
  const views = await Promise.all(rows.map(async ({ report: id, read, box }): Promise<NoticeView[]> => {
    if (box === undefined) return []
    const { about, what, at } = await safe.unlock<Notice>(`notice/${id}`, box)
    return [{ id, about, what, at, isRead: read === 1, isOwn: own.has(about) }]
  }))
  return views.flat().toSorted((one, other) => other.at.localeCompare(one.at) || (one.id < other.id ? 1 : -1))
}

/** Newest first. */
export const noticeList = async (): Promise<NoticeView[]> => inAccount(await currentAccount(), async (database) => viewsOf(database, await database.notices.toArray()))

/** How many are new: about one's own reports, and about what one looks after. */
export const unreadCounts = async (): Promise<{ mine: number; inbox: number }> => inAccount(await currentAccount(), async (database) => {
  const unread = (await viewsOf(database, await database.notices.where('read').equals(0).toArray())).filter(({ isRead }) => !isRead)
  const mine = unread.filter(({ isOwn }) => isOwn).length
  return { mine, inbox: unread.length - mine }
})

/** These were looked at. */
export const noteRead = async (ids: string[]): Promise<void> => inAccount(await currentAccount(), async (database) => {
  await database.transaction('rw', database.notices, () => database.notices.where('report').anyOf(ids).modify({ read: 1 }))
})

/** Whoever has the report itself on the screen needs no notice of it. */
export async function noteSeen(about: string): Promise<void> {
  const views = await noticeList()
  const ids = views.filter((view) => view.about === about && !view.isRead).map(({ id }) => id)
  if (ids.length > 0) await noteRead(ids)
}

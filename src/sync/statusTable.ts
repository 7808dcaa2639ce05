/**
 * What a whole request's answer means for the letters that it carried (offline paper Q6). Nothing here deletes anything, and what is not in the table is
 * tried again.
 */
import type { SyncResult } from '#app/domain/model.ts'

/** `again`: later, by itself. `split`: in smaller company, and when it is alone a person must act. `act`: a person must act. `sign-in`: it asks who we are. */
export type Meaning = 'again' | 'split' | 'act' | 'sign-in'
export interface Row { meaning: Meaning; result: SyncResult }

export const statusTable: Readonly<Record<number, Row>> = {
  400: { meaning: 'split', result: 'done' },
  401: { meaning: 'sign-in', result: 'sign-in' },
  403: { meaning: 'act', result: 'done' },
  404: { meaning: 'act', result: 'done' },
  405: { meaning: 'act', result: 'done' },
  408: { meaning: 'again', result: 'slow-down' },
  409: { meaning: 'act', result: 'done' },
  410: { meaning: 'act', result: 'done' },
  413: { meaning: 'split', result: 'done' },
  415: { meaning: 'act', result: 'done' },
  422: { meaning: 'split', result: 'done' },
  425: { meaning: 'again', result: 'slow-down' },
  426: { meaning: 'again', result: 'update-needed' },
  429: { meaning: 'again', result: 'slow-down' },
  500: { meaning: 'again', result: 'slow-down' },
  502: { meaning: 'again', result: 'slow-down' },
  503: { meaning: 'again', result: 'slow-down' },
  504: { meaning: 'again', result: 'slow-down' },
}

export const meaningOf = (status: number): Row => statusTable[status] ?? { meaning: 'again', result: 'slow-down' }

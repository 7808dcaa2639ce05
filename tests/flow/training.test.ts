// @vitest-environment node
/** Training from phone to server and back: logged without a line, asked for and answered. */
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/testServer.ts'
import { openLine, type Line } from './support/line.ts'
import { removeTraining, saveTraining, trainingById, trainingList } from '#app/db/training.ts'
import { sendNow } from '#app/db/outbox.ts'
import { sealWaiting } from '#app/db/sealing.ts'
import { wipePhone } from '#app/db/storage.ts'
import { syncNow } from '#app/sync/sync.ts'

let server: TestServer
let line: Line
beforeAll(async () => {
  server = await startTestServer()
  line = openLine(server)
  await wipePhone()
})
afterAll(() => server.end())

async function talk() {
  await syncNow()
  await sealWaiting()
  await sendNow()
  return syncNow()
}

it('what a leader logs without a line is seen by the safety representative and the municipality when the line is back, and by no colleague', async () => {
  await line.signIn('rita')
  line.manner = 'cut'
  const id = await saveTraining({ v: 1, what: 'log', form: 'practice', title: 'Ring og flytt elevene', on: '2026-11-20', people: 14, text: 'Nummeret må henge på veggen 🫐' })
  expect(await talk()).toBe('unreachable')
  expect(await trainingById(id)).toMatchObject({ people: 14, title: 'Ring og flytt elevene' })
  line.manner = 'lost'
  await talk()
  line.manner = 'good'
  expect(await talk()).toBe('done')
  expect(await trainingById(id)).toMatchObject({ unitName: 'Solbakken skole (demo)', byRole: 'leder' })

  for (const who of ['vera', 'hans']) {
    await line.signIn(who)
    expect(await talk()).toBe('done')
    expect(await trainingById(id), who).toMatchObject({ text: 'Nummeret må henge på veggen 🫐', people: 14 })
  }
  await line.signIn('kari')
  expect(await talk()).toBe('done')
  expect(await trainingList()).toEqual([])

  await line.signIn('vera')
  await removeTraining(id)
  expect(await talk()).toBe('done')
  await line.signIn('rita')
  await talk()
  expect(await trainingById(id)).toBeUndefined()
})

it('what a leader asks for is answered by the municipality, and the leader sees it', async () => {
  await line.signIn('rita')
  const id = await saveTraining({ v: 1, what: 'request', form: 'training', code: 'course-ros', need: 'risk', people: 20, on: '2027-01-01', until: '2027-03-01', text: 'Vi har mange nye.' })
  expect(await talk()).toBe('done')
  await line.signIn('hans')
  await talk()
  expect(await trainingById(id)).toMatchObject({ state: 'asked', text: 'Vi har mange nye.', unitName: 'Solbakken skole (demo)' })
  await saveTraining({ v: 1, what: 'reply', state: 'agreed', message: 'Vi kommer i uke 6.' }, { entry: id })
  expect(await trainingById(id)).toMatchObject({ state: 'agreed' })
  expect(await talk()).toBe('done')
  await line.signIn('rita')
  await talk()
  expect(await trainingById(id)).toMatchObject({ state: 'agreed', message: 'Vi kommer i uke 6.', text: 'Vi har mange nye.' })
})

/** `npm run kill-run [browser kills] [letters] [server kills]`: kills browser and server at random points, counts what is left, writes docs/robustness.md. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { signIn } from '../tests/support/e2e/person.ts'
import { createWorld } from '../tests/support/e2e/world.ts'
import { ensureChromium } from './chromium.ts'
import { root } from './gate/step.ts'
import { deliveriesUnderKill } from './kill-run/deliveriesUnderKill.ts'
import { isClean, robustnessPage } from './kill-run/report.ts'
import { savesUnderKill } from './kill-run/savesUnderKill.ts'

const [kills = 100, letters = 2_000, serverKills = 8] = process.argv.slice(2).map(Number)

ensureChromium()
const begun = Date.now()
const world = await createWorld()
try {
  const phone = await world.phone('kari')
  const leader = await world.phone('rita')
  await phone.open('/')
  await phone.installed()
  await signIn(phone, 'kari')
  await signIn(leader, 'rita', '/inbox')
  const browser = await phone.browserVersion()
  await phone.off()
  await phone.on()
  await world.line.cut()
  const saves = await savesUnderKill(phone, kills)
  console.log(saves)
  const deliveries = await deliveriesUnderKill(world, phone, leader, letters, serverKills)
  console.log(deliveries)
  writeFileSync(path.join(root, 'docs', 'robustness.md'), robustnessPage(saves, deliveries, { browser, minutes: Math.round((Date.now() - begun) / 60_000) }))
  if (!isClean(saves, deliveries)) throw new Error('Something was lost, doubled or torn: see docs/robustness.md')
} finally {
  await world.end()
}
